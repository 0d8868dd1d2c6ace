// The print button; everything else on the page works without a script.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
