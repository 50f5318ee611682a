// Searching, for those who have JavaScript; the lists say the same without it.
// Everything is put into the page as text: nothing here makes markup of what it reads.
"use strict";
(() => {
  const SHOWN = 200;
  const MATCHES = 5;
  const form = document.getElementById("search");
  const words = document.getElementById("words");
  const standing = document.getElementById("standing");
  const state = document.getElementById("state");
  const found = document.getElementById("found");
  const says = form.dataset;
  const names = new Map();
  for (const option of standing.options) {
    if (option.value) names.set(Number(option.value), [option.textContent, option.dataset.band]);
  }
  const articles = [];
  let chunks = 0;
  let waiting = 0;

  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  // What is encoded is shown as people write it, unless that cannot be seen or turns text around.
  const readable = (text) =>
    text.replace(/(?:%[89A-F][0-9A-F])+/gi, (run) => {
      const said = decoded(run);
      return /[\p{C}\p{Z}]/u.test(said) ? run : said;
    });

  window.linkcheckSearch = (rows) => {
    for (const [page, file, title, links] of rows) {
      articles.push({
        page,
        file,
        title,
        head: plain(`${title} ${file}`),
        links: links.map(([url, one, verdicts]) => ({ url, one, verdicts, text: "" })),
      });
    }
    chunks += 1;
    later();
  };

  const textOf = (link) => {
    if (!link.text) {
      const name = names.has(link.one) ? names.get(link.one)[0] : "";
      link.text = plain(`${link.url} ${decoded(link.url)} ${link.verdicts} ${name}`);
    }
    return link.text;
  };

  const look = (article, wanted, one) => {
    const outside = wanted.filter((word) => !article.head.includes(word));
    if (!outside.length && one === null) return { links: [] };
    const links = article.links.filter(
      (link) =>
        (one === null || link.one === one) && outside.every((word) => textOf(link).includes(word)),
    );
    return links.length ? { links } : null;
  };

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  const badge = (one) => {
    const [name, band] = names.get(one) || ["", "unchecked"];
    return element("span", name, `s s-${band}`);
  };

  const entry = (article, links) => {
    const item = element("li");
    const link = element("a");
    link.href = `articles/${article.page}.html`;
    link.append(element("bdi", article.title));
    item.append(link, " ", element("code", article.file));
    if (links.length) {
      const list = element("ul");
      for (const each of links.slice(0, MATCHES)) {
        const row = element("li");
        row.append(badge(each.one), " ", element("bdi", readable(each.url), "url"));
        list.append(row);
      }
      if (links.length > MATCHES) list.append(element("li", `+ ${links.length - MATCHES}`));
      item.append(list);
    }
    return item;
  };

  const tell = (count) => {
    const several = count > SHOWN ? says.more : says.found;
    const said = count === 0 ? says.none : count === 1 ? says.one : several;
    state.textContent = fill(said, { count: count.toLocaleString(), shown: SHOWN });
  };

  const show = () => {
    waiting = 0;
    const total = Number(says.scripts);
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    const one = standing.value === "" ? null : Number(standing.value);
    found.replaceChildren();
    if (chunks < total) {
      state.textContent = fill(says.loading, { done: chunks, total });
      if (!wanted.length && one === null) return;
    } else if (!wanted.length && one === null) {
      const all = articles.length;
      state.textContent = fill(all === 1 ? says.one : says.found, { count: all.toLocaleString() });
      return;
    }
    let count = 0;
    const items = document.createDocumentFragment();
    for (const article of articles) {
      const hit = look(article, wanted, one);
      if (!hit) continue;
      count += 1;
      if (count <= SHOWN) items.append(entry(article, hit.links));
    }
    found.append(items);
    if (chunks < total) return;
    tell(count);
  };

  const later = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(show, 150);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  words.addEventListener("input", later);
  standing.addEventListener("change", show);
  show();
})();
