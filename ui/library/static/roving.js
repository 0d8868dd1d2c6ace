// Many buttons, one stop of the Tab key: arrows go from one to the next.
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

export function startRoving(where, selector) {
  const all = [...where.querySelectorAll(selector)];
  all.forEach((one, i) => { one.tabIndex = i === 0 ? 0 : -1; });
  where.onkeydown = (event) => {
    const from = all.indexOf(event.target.closest(selector));
    const step = STEPS[event.key];
    if (from < 0 || step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    all[Math.min(Math.max(from + step, 0), all.length - 1)].focus();
  };
  where.onfocusin = (event) => {
    const one = event.target.closest(selector);
    if (one) rove(where, selector, one);
  };
}

export function rove(where, selector, one) {
  for (const other of where.querySelectorAll(`${selector}[tabindex="0"]`)) other.tabIndex = -1;
  one.tabIndex = 0;
}
