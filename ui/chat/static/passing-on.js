// An answer on paper, or passed on: its title is the question.
const HERE = "pq-printed";

function printOnly(answer) {
  const rows = [answer.closest(".message-row"), answer.closest(".message-row").previousElementSibling];
  const title = document.title;
  rows.forEach((row) => row && row.classList.add(HERE));
  document.documentElement.classList.add("pq-one");
  document.title = answer.querySelector("[data-share]").dataset.title; // the name of the file, and at the head of the paper
  print();
  document.title = title;
  document.documentElement.classList.remove("pq-one");
  rows.forEach((row) => row && row.classList.remove(HERE));
}

async function share({ share: address, title }) {
  try {
    await navigator.share({ title, text: title, url: new URL(address, location.href).href });
  } catch { /* the reader thought better of it */ }
}

export function startPassingOn() {
  document.documentElement.classList.toggle("pq-shares", Boolean(navigator.share));
  document.addEventListener("click", (event) => {
    const printing = event.target.closest(".pq-closing [data-print]");
    const sharing = event.target.closest("[data-share]");
    if (printing) printOnly(printing.closest(".pq-answer"));
    if (sharing) share(sharing.dataset);
  });
}
