// What the pages and Gradio call and browsers of the last five years may lack. A plain script, run before any other.
(function () {
  function missing(owner, name, value) {
    if (!owner[name]) Object.defineProperty(owner, name, { value: value, configurable: true, writable: true });
  }
  function at(index) {
    var from = Math.trunc(index) || 0;
    return this[from < 0 ? this.length + from : from];
  }
  function last(test, self) {
    for (var n = this.length - 1; n >= 0; n -= 1) if (test.call(self, this[n], n, this)) return n;
    return -1;
  }
  missing(Array.prototype, "at", at);
  missing(String.prototype, "at", at);
  missing(Array.prototype, "findLastIndex", last);
  missing(Array.prototype, "findLast", function (test, self) { return this[last.call(this, test, self)]; });
  missing(Object, "hasOwn", function (owner, name) { return Object.prototype.hasOwnProperty.call(owner, name); });
  missing(Element.prototype, "replaceChildren", function () {
    while (this.firstChild) this.removeChild(this.firstChild);
    this.append.apply(this, arguments);
  });
  missing(String.prototype, "replaceAll", function (found, by) {
    return found instanceof RegExp ? this.replace(found, by) : this.split(found).join(typeof by === "function" ? by(found) : by);
  });
  // Plain data is all that is cloned here.
  missing(window, "structuredClone", function (value) {
    return value instanceof Date ? new Date(value.getTime()) : value === undefined ? value : JSON.parse(JSON.stringify(value));
  });
  // Over plain http a browser offers none.
  missing(crypto, "randomUUID", function () {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return Array.from(bytes, function (byte) { return (byte + 256).toString(16).slice(1); }).join("")
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  });
})();
