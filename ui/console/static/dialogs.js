// Dialogs, also in browsers that do not know them as such: there they stand in the page, and Esc closes them.
export const isOpen = (dialog) => dialog.hasAttribute("open");
let before; // what had the focus

export function openDialog(dialog) {
  if (isOpen(dialog)) return;
  before = document.activeElement;
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
  (dialog.querySelector("[autofocus]") ?? dialog.querySelector("input, textarea, button")).focus();
}

export function closeDialog(dialog) {
  if (dialog.close) dialog.close();
  else dialog.removeAttribute("open");
  if (before && before.isConnected) before.focus();
}
