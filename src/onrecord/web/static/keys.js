// Keys: / searches, j and k go from item to item, Enter to its words, g to the front page, ? shows them.
const items = () => [...document.querySelectorAll("main li a, main td a")].filter((a) => a.checkVisibility?.() ?? true);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const help = document.getElementById("help");
  const search = document.getElementById("q"); // pages that are files have none
  if (event.key === "/" && search) { search.focus(); event.preventDefault(); }
  if (event.key === "?") help.open ? help.close() : help.showModal();
  if (event.key === "g") document.querySelector(".brand").click();
  if (event.key === "j" || event.key === "k") {
    const all = items();
    const at = all.indexOf(document.activeElement);
    const to = at < 0 ? 0 : at + (event.key === "j" ? 1 : -1);
    if (all[to]) all[to].focus();
  }
});
