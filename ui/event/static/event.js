// A life event: printing. Nothing here is needed to read it.
document.querySelector("[data-print]").addEventListener("click", () => print());
