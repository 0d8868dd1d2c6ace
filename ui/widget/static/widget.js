// Help beside a field of a form, in any page: <policyqa-help form="open-a-company" field="business-scope"></policyqa-help>
// Served as /widget.js with its style and words put in (ui/widget/script.py). It keeps nothing and sets no cookie.
(() => {
  "use strict";
  const NAME = "policyqa-help";
  if (!window.customElements || customElements.get(NAME)) return;
  const STYLE = "{{style}}";
  const WORDS = "{{words}}"; // by language
  const FILE = /\/widget\.js(?:[?#].*)?$/;
  const PATIENCE = 15000; // ms after which a request is given up
  const NARROW = 520; // px of a window in which the help fills the width, at the bottom
  const MARGIN = 8; // px between the help and the edge of the window
  const MOST = 500; // characters of a label or a question that are sent

  const script = document.currentScript || Array.from(document.scripts).find((one) => FILE.test(one.src));
  const HOME = script && FILE.test(script.src) ? script.src.replace(FILE, "") : "";

  let sheet = null;
  let opened = null; // the one help that is open

  function dress(root) {
    if (!sheet && "adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
    }
    if (sheet) root.adoptedStyleSheets = [sheet];
    else root.append(make("link", { rel: "stylesheet", href: HOME + "/ui/widget/widget.css" }));
  }

  "{{content}}";

  // Resolves to what came back, or throws the status: 0 where nothing did.
  async function post(home, body, ending) {
    const timer = setTimeout(() => ending.abort(), PATIENCE);
    try {
      const response = await fetch(home + "/v1/guide", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: ending.signal,
      });
      if (!response.ok) throw response.status;
      return await response.json();
    } catch (why) {
      throw typeof why === "number" ? why : 0;
    } finally {
      clearTimeout(timer);
    }
  }

  class FieldHelp extends HTMLElement {
    static get observedAttributes() {
      return ["form", "field", "label", "section", "options", "place", "lang", "server"];
    }

    constructor() {
      super();
      this.turn = 0; // counts requests: what an older one brings is not shown
      this.ending = null;
      this.found = null;
      this.follow = () => this.lay();
      this.elsewhere = (event) => {
        if (event.composedPath().indexOf(this) < 0) this.close(false);
      };
    }

    connectedCallback() {
      if (!this.shadowRoot) this.build();
      this.call();
    }

    disconnectedCallback() {
      this.close(false);
    }

    attributeChangedCallback(name, before, after) {
      if (before === after || !this.shadowRoot) return;
      this.drop();
      this.call();
      if (opened === this) this.load();
    }

    get home() {
      return (this.getAttribute("server") || HOME).replace(/\/+$/, "");
    }

    get language() {
      const named = this.closest("[lang]") || document.documentElement; // its own attribute counts first
      const code = (named.getAttribute("lang") || "zh").slice(0, 2).toLowerCase();
      return code in WORDS ? code : "zh";
    }

    say(key, values) {
      return fill(WORDS[this.language][key], values || {});
    }

    list(name) {
      return (this.getAttribute(name) || "").split(/[|、，,;；\n]/).map((one) => one.trim()).filter(Boolean);
    }

    asked() {
      const text = (name) => (this.getAttribute(name) || "").trim().slice(0, MOST);
      const options = (this.getAttribute("options") || "").split(/[|\n]/).map((one) => one.trim()).filter(Boolean);
      return {
        form: text("form"),
        field: text("field"),
        label: text("label"),
        section: text("section"),
        options: options.slice(0, 50).map((one) => one.slice(0, 100)),
        place: this.list("place").slice(0, 5),
        language: this.language,
      };
    }

    build() {
      const root = this.attachShadow({ mode: "open" });
      dress(root);
      this.button = make("button", { type: "button", class: "open", "aria-expanded": "false", "aria-haspopup": "dialog", "aria-controls": "help" });
      this.button.append(make("span", { "aria-hidden": "true" }, "?"));
      this.heading = make("p", { id: "title", class: "title" });
      this.leave = make("button", { type: "button", class: "close" }, make("span", { "aria-hidden": "true" }, "×"));
      this.status = make("p", { role: "status", class: "status" });
      this.body = make("div", { class: "body" });
      this.panel = make("div", { id: "help", class: "panel", role: "dialog", "aria-labelledby": "title", tabindex: "-1", hidden: "" });
      this.panel.append(make("div", { class: "head" }, this.heading, this.leave), this.status, this.body);
      if (typeof this.panel.showPopover === "function") this.panel.setAttribute("popover", "manual");
      root.append(this.button, this.panel);
      this.button.addEventListener("click", () => (opened === this ? this.close(true) : this.open()));
      this.leave.addEventListener("click", () => this.close(true));
      root.addEventListener("keydown", (event) => this.pressed(event));
      this.panel.addEventListener("focusout", () => setTimeout(() => this.left(), 0));
    }

    // The names of button and help, in the page's language.
    call() {
      const label = (this.getAttribute("label") || "").trim().slice(0, 80) || (this.found && this.found.label) || "";
      const name = label ? this.say("how", { label }) : this.say("how_unnamed");
      this.button.setAttribute("aria-label", name);
      this.heading.textContent = name;
      this.leave.setAttribute("aria-label", this.say("close"));
      this.panel.setAttribute("lang", this.language === "zh" ? "zh-CN" : this.language);
    }

    open() {
      if (opened) opened.close(false);
      opened = this;
      this.call();
      this.panel.hidden = false;
      if (typeof this.panel.showPopover === "function") this.panel.showPopover();
      this.button.setAttribute("aria-expanded", "true");
      document.addEventListener("pointerdown", this.elsewhere, true);
      window.addEventListener("resize", this.follow);
      window.addEventListener("scroll", this.follow, { capture: true, passive: true });
      if (!this.found) this.load();
      this.lay();
      this.panel.focus({ preventScroll: true });
    }

    close(back) {
      if (opened !== this) return;
      opened = null;
      if (this.ending) this.ending.abort();
      if (this.panel.matches && typeof this.panel.hidePopover === "function" && this.isConnected) this.panel.hidePopover();
      this.panel.hidden = true;
      this.button.setAttribute("aria-expanded", "false");
      document.removeEventListener("pointerdown", this.elsewhere, true);
      window.removeEventListener("resize", this.follow);
      window.removeEventListener("scroll", this.follow, { capture: true });
      if (back) this.button.focus({ preventScroll: true });
    }

    // Esc is for this help alone; a page that closes a window of its own by it does not hear of it.
    pressed(event) {
      if (opened !== this) return;
      if (event.key === "Escape") {
        event.preventDefault();
        this.close(true);
      } else if (event.composedPath().indexOf(this.panel) < 0) return;
      event.stopPropagation();
    }

    // Focus went on to another field of the page: nothing may lie over that.
    left() {
      const now = document.activeElement;
      if (opened === this && document.hasFocus() && now && now !== document.body && now !== this) this.close(false);
    }

    // Beside the button where there is room for it, else at the bottom of the window.
    lay() {
      if (opened !== this) return;
      const style = this.panel.style;
      const wide = document.documentElement.clientWidth;
      const high = window.innerHeight;
      const narrow = wide < NARROW;
      this.panel.classList.toggle("narrow", narrow);
      for (const name of ["left", "top", "bottom", "max-height"]) style.removeProperty(name);
      if (narrow) return;
      const at = this.button.getBoundingClientRect();
      const own = this.panel.getBoundingClientRect();
      const below = high - at.bottom - MARGIN;
      const above = at.top - MARGIN;
      const under = below >= Math.min(own.height, 320) || below >= above;
      const room = Math.max(160, Math.min(under ? below : above, high - 2 * MARGIN));
      const tall = Math.min(own.height, room);
      const top = Math.max(MARGIN, Math.min(under ? at.bottom : at.top - tall, high - tall - MARGIN));
      const left = Math.max(MARGIN, Math.min(at.left, wide - own.width - MARGIN));
      style.setProperty("max-height", room + "px");
      style.setProperty("left", left + "px");
      style.setProperty("top", top + "px");
      const now = this.panel.getBoundingClientRect(); // something above it may be transformed
      style.setProperty("left", 2 * left - now.left + "px");
      style.setProperty("top", 2 * top - now.top + "px");
    }

    drop() {
      this.turn += 1;
      this.found = null;
      if (this.ending) this.ending.abort();
      if (this.body) this.body.textContent = "";
    }

    async load() {
      this.drop();
      const turn = this.turn;
      this.ending = new AbortController();
      this.status.textContent = this.say("loading");
      let line = "";
      try {
        const found = await post(this.home, this.asked(), this.ending);
        if (turn !== this.turn) return;
        this.found = found;
        this.call();
        this.body.textContent = "";
        this.body.append(...new Content(this).help(found), this.box());
        line = this.say("ready");
      } catch (why) {
        if (turn !== this.turn) return;
        line = this.say(why >= 400 && why < 500 && why !== 429 ? "refused" : "away");
      }
      this.status.textContent = line;
      this.status.classList.toggle("unseen", this.found !== null);
      this.lay();
    }

    box() {
      const input = make("input", { id: "question", type: "text", maxlength: String(MOST), autocomplete: "off", enterkeyhint: "send" });
      const answer = make("div", { class: "answer", role: "status" });
      const form = make("form", { class: "ask" },
        make("label", { for: "question" }, this.say("ask")),
        make("div", { class: "line" }, input, make("button", { type: "submit" }, this.say("send"))));
      input.setAttribute("placeholder", this.say("question"));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const question = input.value.trim();
        if (question) this.ask(question, answer);
        else input.focus();
      });
      return make("section", null, form, answer);
    }

    async ask(question, answer) {
      if (this.ending) this.ending.abort();
      const ending = (this.ending = new AbortController());
      const current = () => this.ending === ending && answer.isConnected;
      answer.textContent = this.say("loading");
      let parts;
      try {
        const found = await post(this.home, Object.assign(this.asked(), { question }), ending);
        parts = new Content(this).answer(found, question);
      } catch (why) {
        parts = [make("p", null, this.say(why >= 400 && why < 500 && why !== 429 ? "refused" : "away"))];
      }
      if (!current()) return;
      answer.textContent = "";
      answer.append(...parts);
      this.lay();
      const at = answer.parentNode.getBoundingClientRect().top; // the question above its answer, at the top of the help
      this.body.scrollTop += at - this.body.getBoundingClientRect().top;
    }
  }

  customElements.define(NAME, FieldHelp);
})();
