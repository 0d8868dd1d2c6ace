// Sheets of plates: printing. Nothing here is needed to see them.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
