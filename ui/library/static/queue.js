// Files that have been dropped are sent one after the other. One that fails stays, with its reason, and stops no other.
import { announce } from "../page/base.js";
import { byId, say } from "./dom.js";
import { ask, Problem } from "./server.js";

const MEGABYTE = 1e6;
const most = Number(byId("drop").dataset.most);
export const waiting = []; // { file, failure }: those being read, waiting or failed, in the order they came
let done = 0;
let failed = 0;
let total = 0;
let busy = false;

export const isBusy = () => busy;

export async function enqueue(files, changed) {
  for (const file of files) waiting.push({ file, failure: null });
  total += files.length;
  changed();
  await work(changed);
}

export async function retry(one, changed) {
  one.failure = null;
  failed -= 1;
  done -= 1;
  changed();
  await work(changed);
}

export function dismiss(one, changed) {
  waiting.splice(waiting.indexOf(one), 1);
  changed();
}

async function work(changed) {
  if (busy) return;
  busy = true;
  for (let one; (one = waiting.find(({ failure }) => failure === null));) {
    showProgress();
    try {
      const draft = await send(one.file);
      waiting.splice(waiting.indexOf(one), 1);
      done += 1;
      changed(draft);
    } catch (problem) {
      one.failure = problem.message.replace(`${one.file.name}:1: `, "");
      done += 1;
      failed += 1;
      changed();
    }
  }
  busy = false;
  showProgress();
  announce(byId("progress").lastElementChild.textContent);
  done = failed = total = 0;
}

async function send(file) {
  if (file.size > most) {
    throw new Problem(say("too_large", { name: file.name, size: Math.ceil(file.size / MEGABYTE), most: Math.floor(most / MEGABYTE) }));
  }
  let bytes;
  try {
    bytes = new Blob([await file.arrayBuffer()]); // a folder, or a file that has gone, fails here
  } catch {
    throw new Problem(say("is_folder", { name: file.name }));
  }
  return ask("POST", `drafts?name=${encodeURIComponent(file.name)}`, bytes);
}

function showProgress() {
  const [bar, words] = byId("progress").children;
  byId("progress").hidden = total === 0;
  bar.max = total || 1;
  bar.value = done;
  if (done < total) words.textContent = say("read_of", { done, total });
  else words.textContent = failed ? say("read_some", { total, failed }) : say("read_all", { total });
}
