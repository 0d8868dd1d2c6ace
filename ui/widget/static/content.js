// What the help shows, as elements. A part of /widget.js, put into widget.js by ui/widget/script.py.
// An element; texts are always texts, never markup.
function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const name of Object.keys(attributes || {})) made.setAttribute(name, attributes[name]);
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

class Content {
  constructor(of) {
    this.of = of; // the element, for its language, its words and where the assistant is
  }

  // The office's words and the documents', apart.
  help(found) {
    const parts = [];
    if (found.tip) {
      const origin = { source: found.tip.source, checked: found.tip.checked };
      parts.push(make("section", { class: "tip" },
        make("p", { class: "kind" }, this.of.say("tip")),
        make("p", null, found.tip.text),
        found.example ? make("p", null, this.of.say("example", { example: found.example })) : "",
        make("p", { class: "note" }, this.of.say("office", origin))));
    }
    if (found.notice) parts.push(make("p", { class: found.guessed ? "careful" : "note" }, found.notice));
    if (found.clauses.length) {
      parts.push(make("section", { class: "clauses" },
        make("p", { class: "kind" }, this.of.say(found.guessed ? "guess" : "clauses")),
        ...found.clauses.map((clause) => this.clause(clause))));
    }
    return parts;
  }

  answer(found, question) {
    const own = found.clauses.length > 0;
    const place = found.place[0];
    const query = "?q=" + encodeURIComponent(question) + (place ? "&place=" + encodeURIComponent(place) : "");
    const library = make("p", null, this.link((this.of.language === "zh" ? "/" : "/" + this.of.language) + query, this.of.say("library")));
    if (!found.answer) return [make("p", null, this.of.say(own ? "not_here" : "not_anywhere")), library];
    const known = {};
    for (const citation of found.answer.citations) known[citation.number] = citation;
    const blocks = found.answer.blocks.map((block) => {
      const cited = known[block.citations[0]];
      if (block.kind === "quote" && cited) return this.quoted(cited, this.of.say("original"));
      return make("p", { class: block.kind }, block.text);
    });
    const basis = found.answer.citations.length ? [make("p", { class: "note" }, this.of.say(own ? "here" : "anywhere"))] : [];
    return [...basis, ...blocks, library];
  }

  clause(one) {
    return make("div", { class: "clause" },
      one.name ? make("p", { class: "name" }, one.name) : "",
      one.not_in_force ? make("p", { class: "careful" }, one.not_in_force) : "",
      one.plain ? make("p", null, this.of.say("plain", { plain: one.plain })) : "",
      ...one.quotes.map((quote) => this.quoted(quote, quote.label)),
      one.places ? make("p", { class: "note" }, this.of.say("places", { places: one.places })) : "");
  }

  quoted(quote, called) {
    const query = "?quote=" + quote.start + "-" + quote.end + (this.of.language === "zh" ? "" : "&lang=" + this.of.language);
    const id = encodeURIComponent(quote.part_id || quote.clause_id).replace(/%3A/g, ":");
    return make("figure", null,
      make("blockquote", { lang: "zh-CN" }, quote.quote),
      make("figcaption", null, this.link("/clause/" + id + query, called)));
  }

  link(path, text) {
    const link = make("a", { href: this.of.home + path, target: "_blank", rel: "noopener noreferrer" }, text);
    link.append(make("span", { class: "unseen" }, this.of.say("new_page")));
    return link;
  }
}
