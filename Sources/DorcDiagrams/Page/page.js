"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const byId = new Map(data.pipelines.map(pipeline => [pipeline.id, pipeline]));
const get = id => document.getElementById(id);
const [main, side, search, results, status] = ["main", "side", "search", "results", "status"].map(get);

// Elements. Texts are always set as text: nothing that a user wrote is read as HTML.
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}
function icon(kind) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "#i-" + kind);
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}
const plural = (count, one, many) => count + " " + (count === 1 ? one : many || one + "s");
const address = (id, step) => "#/" + id + (step === undefined ? "" : "/" + encodeURIComponent(step));
const link = id => byId.has(id) ? make("a", {href: address(id)}, id) : id;
const nameOf = id => id.slice(id.indexOf("/") + 1);
function joined(items) {
  return items.flatMap((item, index) => index ? [", ", item] : [item]);
}

// Which layers there are, in the order of the pipelines.
const layers = [];
for (const pipeline of data.pipelines) {
  const name = pipeline.id.slice(0, pipeline.id.indexOf("/"));
  if (!layers.length || layers[layers.length - 1].name !== name) layers.push({name, pipelines: []});
  layers[layers.length - 1].pipelines.push(pipeline);
}

// The list at the side. Its links are one stop of the tab key; arrow keys go through them.
const links = [];
function buildSide() {
  const home = make("a", {href: "#/", "data-home": ""}, "Overview");
  links.push(home);
  const sections = layers.map(layer => {
    const list = layer.pipelines.map(pipeline => {
      const item = make("a", {href: address(pipeline.id), title: nameOf(pipeline.id), tabindex: "-1"}, nameOf(pipeline.id));
      links.push(item);
      pipeline.link = item;
      return item;
    });
    return make("section", {"aria-label": layer.name},
      make("h2", {}, make("span", {dir: "auto"}, layer.name), make("span", {}, String(layer.pipelines.length))), ...list);
  });
  side.append(home, ...sections);
}
side.addEventListener("keydown", event => {
  const index = links.indexOf(document.activeElement);
  const steps = {ArrowDown: 1, ArrowUp: -1, Home: -index, End: links.length - 1 - index};
  if (index < 0 || !(event.key in steps)) return;
  event.preventDefault();
  const next = links[Math.max(0, Math.min(links.length - 1, index + steps[event.key]))];
  links[index].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});
side.addEventListener("click", event => { if (event.target.closest("a")) closeMenu(); });
function closeMenu() {
  side.classList.remove("open");
  get("menu").setAttribute("aria-expanded", "false");
}
get("menu").addEventListener("click", () => {
  const isOpen = side.classList.toggle("open");
  get("menu").setAttribute("aria-expanded", String(isOpen));
  if (isOpen) (side.querySelector("[aria-current]") || links[0]).focus();
});

// A diagram with its tools: zoom, dragging, and arrow keys from box to box.
function diagram(source, label, about, activate) {
  const view = make("div", {class: "view", tabindex: "0", role: "group", "aria-label": label});
  view.innerHTML = source;
  const svg = view.firstElementChild;
  const [width, height] = ["width", "height"].map(name => Number(svg.getAttribute(name)));
  svg.setAttribute("role", "presentation");
  const shown = make("output", {"aria-live": "off"});
  let scale = 1;
  function zoom(value) {
    scale = Math.max(.2, Math.min(2.5, value));
    svg.setAttribute("width", Math.round(width * scale));
    svg.setAttribute("height", Math.round(height * scale));
    shown.value = Math.round(scale * 100) + " %";
  }
  const fit = () => Math.min(1, (view.clientWidth || width) / width);
  const button = (text, name, action) => {
    const element = make("button", {class: "button", type: "button", "aria-label": name, title: name}, text);
    element.addEventListener("click", action);
    return element;
  };
  const figure = make("figure", {class: "diagram"},
    make("div", {class: "tools"}, make("span", {}, ...about),
      button("−", "Smaller", () => zoom(scale / 1.25)), shown, button("+", "Larger", () => zoom(scale * 1.25)),
      button("Fit", "Fit the width", () => zoom(fit()))),
    view);
  view.addEventListener("wheel", event => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(scale * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, {passive: false});
  let drag = null;
  view.addEventListener("pointerdown", event => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    drag = {x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop, moved: false};
  });
  view.addEventListener("pointermove", event => {
    if (!drag) return;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(x, y) < 5) return;
    drag.moved = true;
    view.classList.add("drag");
    view.scrollLeft = drag.left - x;
    view.scrollTop = drag.top - y;
  });
  let wasDragged = false;
  function release() {
    wasDragged = Boolean(drag && drag.moved);
    drag = null;
    view.classList.remove("drag");
  }
  view.addEventListener("pointerup", release);
  view.addEventListener("pointerleave", release);

  const boxes = [...svg.querySelectorAll(".n,[data-p]")];
  boxes.forEach((box, index) => {
    box.setAttribute("role", "button");
    box.setAttribute("tabindex", index ? "-1" : "0");
    box.setAttribute("aria-label", box.querySelector("title").textContent.replace(/\n/g, ", "));
  });
  const place = box => {
    const frame = box.querySelector(".b:last-of-type") || box.querySelector(".b");
    const value = name => Number(frame.getAttribute(name));
    return {x: value("x") + value("width") / 2, y: value("y") + value("height") / 2};
  };
  function nearest(from, key) {
    const start = place(from);
    let best = null;
    for (const box of boxes) {
      if (box === from) continue;
      const end = place(box);
      const [x, y] = [end.x - start.x, end.y - start.y];
      const ahead = {ArrowRight: x, ArrowLeft: -x, ArrowDown: y, ArrowUp: -y}[key];
      if (ahead < 4) continue;
      const aside = Math.abs(key === "ArrowRight" || key === "ArrowLeft" ? y : x);
      const cost = ahead + 2.5 * aside;
      if (!best || cost < best.cost) best = {box, cost};
    }
    return best && best.box;
  }
  view.addEventListener("keydown", event => {
    const box = document.activeElement.closest(".n,[data-p]");
    if (!box || !view.contains(box)) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      activate(box);
    } else if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const next = nearest(box, event.key);
      if (!next) return;
      box.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
      next.scrollIntoView({block: "nearest", inline: "nearest"});
    }
  });
  view.addEventListener("click", event => {
    const box = event.target.closest(".n,[data-p]");
    if (box && !wasDragged) activate(box);
  });
  // Small enough to see the whole where that can still be read.
  const settle = () => zoom(Math.max(fit(), Math.min(1, width > 0 ? .7 : 1)));
  return {figure, svg, settle};
}

// Pages.
function overview() {
  document.title = data.project;
  const parts = [
    make("p", {class: "over"}, "Project"), make("h1", {dir: "auto"}, data.project),
    make("p", {class: "lead"}, plural(data.pipelines.length, "pipeline") + " in " + plural(layers.length, "layer")
      + (data.environments.length ? ", as in " + data.environments.join(", ") : "")),
  ];
  let drawn = null;
  if (data.map) {
    const key = kind => make("i", {class: "key " + kind});
    drawn = diagram(data.map, "What starts what", ["What starts what", key(""), "runs it", key("after"), "starts it at its end", key("error"), "starts it if it fails"],
      box => { go(address(box.getAttribute("data-p"))); });
    parts.push(drawn.figure);
  }
  for (const layer of layers) {
    parts.push(make("section", {class: "layer", "aria-label": layer.name},
      make("h2", {class: "part"}, make("span", {dir: "auto"}, layer.name), make("small", {}, plural(layer.pipelines.length, "pipeline"))),
      ...layer.pipelines.map(row)));
  }
  main.replaceChildren(...parts);
  if (drawn) drawn.settle();
}
function row(pipeline) {
  const words = pipeline.starters.map(starter => starter.kind === "step" ? "run by " + starter.name : starter.words);
  const shown = [...new Set(words)];
  return make("a", {class: "row", href: address(pipeline.id)},
    make("b", {dir: "auto"}, nameOf(pipeline.id)), make("span", {class: "about", dir: "auto"}, pipeline.description || ""),
    make("span", {class: "when", dir: "auto"}, shown.length ? shown.slice(0, 2).join("; ") + (shown.length > 2 ? " and " + (shown.length - 2) + " more" : "") : "by hand"),
    make("span", {class: "count"}, plural(pipeline.steps.length, pipeline.definition ? "state" : "step")));
}
function starterItem(starter) {
  const item = make("div", {class: "starter"});
  if (starter.kind === "step") {
    item.append(make("span", {}, starter.words, " of ", link(starter.name)));
  } else {
    item.append(make("span", {class: "name", dir: "auto"}, starter.name), make("span", {dir: "auto"}, starter.words));
    for (const id of starter.pipelines || []) if (byId.has(id)) item.append(make("a", {href: address(id)}, "open " + id));
    if (starter.note) item.append(make("span", {class: "chip"}, starter.note));
    if (starter.expression) item.append(make("code", {}, starter.expression));
  }
  return item;
}
function facts(pipeline) {
  const list = make("dl", {class: "facts"});
  const add = (name, ...values) => { list.append(make("dt", {}, name), make("dd", {}, ...values)); };
  add("Started", ...(pipeline.starters.length ? pipeline.starters.map(starterItem) : ["by hand"]));
  if (pipeline.owner) add("Owner", make("span", {dir: "auto"}, pipeline.owner));
  const next = [...new Set((pipeline.starts || []))];
  if (next.length) add("Starts", ...joined(next.map(link)));
  for (const [name, value] of pipeline.settings) add(name, value);
  return list;
}
function step(pipeline, node, index) {
  const words = make("div", {},
    node.condition ? make("p", {class: "if"}, "if ", make("code", {}, node.condition)) : null,
    node.target ? make("p", {}, "runs ", link(node.target)) : node.runs ? make("p", {}, make("code", {}, node.runs)) : node.detail ? make("p", {}, node.detail) : null,
    node.after && node.after.length ? make("p", {class: "after"}, "after " + node.after.map(place => pipeline.steps[place].name).join(", ")) : null,
    ...(node.catchers || []).map(([errors, handler]) => make("p", {class: "error"}, errors + " → " + pipeline.steps[handler].name)),
    node.outcome ? make("p", {class: node.outcome === "fails" ? "error" : "after"}, node.outcome === "fails" ? "then the run fails" : "then the run goes on") : null);
  const kind = make("p", {class: "kind" + (node.handler ? " bad" : "")}, node.title + (node.handler ? ", handler" : ""));
  const settings = make("dl", {}, ...node.settings.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
  return make("article", {class: "step k-" + node.kind, "data-step": index},
    make("div", {}, make("h3", {}, icon(node.kind), make("span", {dir: "auto"}, node.name)), kind), words, settings);
}
let current = null;
function show(pipeline) {
  document.title = nameOf(pipeline.id) + " · " + data.project;
  const drawn = diagram(pipeline.svg, "Diagram of " + pipeline.id,
    [plural(pipeline.steps.length, pipeline.definition ? "state" : "step")], box => {
      const id = box.getAttribute("data-p");
      const isStarter = box.classList.contains("s");
      if (id && byId.has(id) && (isStarter || box.classList.contains("on"))) go(address(id));
      else if (!isStarter) go(address(pipeline.id, pipeline.steps[Number(box.getAttribute("data-i"))].name));
    });
  const list = make("div", {class: "steps"}, ...pipeline.steps.map((node, index) => step(pipeline, node, index)));
  list.addEventListener("click", event => {
    const item = event.target.closest(".step");
    if (item && !event.target.closest("a") && !String(getSelection())) {
      go(address(pipeline.id, pipeline.steps[Number(item.dataset.step)].name));
    }
  });
  main.replaceChildren(
    make("p", {class: "over", dir: "auto"}, pipeline.id.slice(0, pipeline.id.indexOf("/"))),
    make("h1", {dir: "auto"}, nameOf(pipeline.id)),
    ...(pipeline.description ? [make("p", {class: "lead", dir: "auto"}, pipeline.description)] : []),
    facts(pipeline), drawn.figure,
    make("h2", {class: "part"}, pipeline.definition ? "States" : "Steps"), list);
  drawn.settle();
  const detail = make("div", {class: "detail", "aria-live": "polite", hidden: ""});
  drawn.figure.append(detail);
  current = {pipeline, svg: drawn.svg, figure: drawn.figure, list, detail};
}
function select(name) {
  const index = current.pipeline.steps.findIndex(node => node.name === name);
  for (const element of main.querySelectorAll(".on")) element.classList.remove("on");
  current.detail.hidden = index < 0;
  if (index < 0) return;
  const box = current.svg.querySelector('[data-i="' + index + '"]');
  if (box) {
    box.classList.add("on");
    box.scrollIntoView({block: "nearest", inline: "nearest"});
  }
  current.list.children[index].classList.add("on");
  current.detail.replaceChildren(step(current.pipeline, current.pipeline.steps[index], index));
  current.figure.scrollIntoView({block: "nearest"});
}
/** At once: the browser tells of a new address a moment later, and a second click may come before. */
function go(target) {
  location.hash = target;
  route();
}
function route() {
  const parts = location.hash.replace(/^#\/?/, "").split("/");
  const id = parts.slice(0, 2).join("/");
  const pipeline = byId.get(id);
  closeMenu();
  closeResults();
  const isSame = pipeline && current && current.pipeline === pipeline;
  if (!isSame) {
    current = null;
    pipeline ? show(pipeline) : overview();
    scrollTo(0, 0);
    status.textContent = document.title;
    for (const item of links) {
      item.removeAttribute("aria-current");
      item.tabIndex = -1;
    }
    const item = pipeline ? pipeline.link : links[0];
    item.setAttribute("aria-current", "page");
    item.tabIndex = 0;
    if (side.clientHeight && pipeline) item.scrollIntoView({block: "nearest"});
  }
  if (pipeline) {
    let name = parts.slice(2).join("/");
    try { name = decodeURIComponent(name); } catch { /* A hash that someone typed. */ }
    select(name);
  }
}

// Search: what begins with the words comes before what contains them.
let index = null;
function entries() {
  if (index) return index;
  index = [];
  const add = (kind, name, where, target, ...texts) => {
    index.push({kind, name, where, target, key: name.toLowerCase(), text: [name, ...texts].join("\n").toLowerCase()});
  };
  for (const pipeline of data.pipelines) {
    add("Pipeline", nameOf(pipeline.id), pipeline.id, address(pipeline.id), pipeline.id, pipeline.description || "", pipeline.owner || "");
  }
  for (const pipeline of data.pipelines) {
    const functions = new Set();
    for (const node of pipeline.steps) {
      add("Step", node.name, pipeline.id + (node.runs ? ", " + node.runs : ""), address(pipeline.id, node.name), node.kind);
      if (node.runs && !node.target && !functions.has(node.runs)) {
        functions.add(node.runs);
        add(node.kind === "task" ? "Action" : "Function", node.runs, pipeline.id, address(pipeline.id, node.name));
      }
    }
    for (const starter of pipeline.starters) {
      if (starter.kind !== "step") add("Trigger", starter.name, pipeline.id + ", " + starter.words, address(pipeline.id), starter.words, starter.expression || "");
    }
  }
  return index;
}
const most = 50;
let found = [];
let chosen = -1;
function find() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return closeResults();
  const ranked = [];
  for (const entry of entries()) {
    if (!words.every(word => entry.text.includes(word))) continue;
    const rank = entry.key === words[0] ? 0 : entry.key.startsWith(words[0]) ? 1 : entry.key.includes(words[0]) ? 2 : 3;
    ranked.push({entry, rank});
  }
  ranked.sort((left, right) => left.rank - right.rank);
  found = ranked.slice(0, most).map(item => item.entry);
  const items = found.map((entry, place) => make("li", {role: "option", id: "r" + place, "aria-selected": "false"},
    make("span", {class: "kind"}, entry.kind), make("b", {dir: "auto"}, entry.name), make("span", {class: "where", dir: "auto"}, entry.where)));
  if (!items.length) items.push(make("li", {class: "none"}, "Nothing found"));
  if (ranked.length > most) items.push(make("li", {class: "none"}, "and " + (ranked.length - most) + " more"));
  results.replaceChildren(...items);
  results.hidden = false;
  search.setAttribute("aria-expanded", "true");
  status.textContent = plural(ranked.length, "result");
  choose(found.length ? 0 : -1);
}
function choose(place) {
  if (results.children[chosen]) results.children[chosen].setAttribute("aria-selected", "false");
  chosen = place;
  const item = results.children[place];
  if (place < 0 || !item) return search.removeAttribute("aria-activedescendant");
  item.setAttribute("aria-selected", "true");
  item.scrollIntoView({block: "nearest"});
  search.setAttribute("aria-activedescendant", "r" + place);
}
function closeResults() {
  results.hidden = true;
  found = [];
  chosen = -1;
  search.setAttribute("aria-expanded", "false");
  search.removeAttribute("aria-activedescendant");
}
function open(place) {
  const entry = found[place];
  if (!entry) return;
  search.value = "";
  closeResults();
  go(entry.target);
  main.focus({preventScroll: true});
}
search.addEventListener("input", find);
search.addEventListener("focus", find);
search.addEventListener("blur", closeResults);
search.addEventListener("keydown", event => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (found.length) choose((chosen + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    open(chosen);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (search.value) { search.value = ""; closeResults(); } else main.focus({preventScroll: true});
  }
});
results.addEventListener("pointerdown", event => {
  event.preventDefault();
  const item = event.target.closest("[role=option]");
  if (item) open([...results.children].indexOf(item));
});

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target === search) return;
  if (event.key === "/") {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "Escape") {
    if (side.classList.contains("open")) { closeMenu(); get("menu").focus(); return; }
    if (!current) return;
    const step = location.hash.split("/").length > 3;
    go(step ? address(current.pipeline.id) : "#/");
  }
});
get("skip").addEventListener("click", event => {
  event.preventDefault();
  main.focus();
});

// Light, dark, or as the system is.
const themes = ["auto", "light", "dark"];
function setTheme(name) {
  const theme = themes.includes(name) ? name : "auto";
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const label = {auto: "Auto", light: "Light", dark: "Dark"}[theme];
  get("theme").replaceChildren(icon("theme"), label);
  get("theme").setAttribute("aria-label", "Colours: " + label);
  return theme;
}
let stored = "auto";
try { stored = localStorage.getItem("dorc-theme") || "auto"; } catch { /* Pages from a disk may have no storage. */ }
let theme = setTheme(stored);
get("theme").addEventListener("click", () => {
  theme = setTheme(themes[(themes.indexOf(theme) + 1) % themes.length]);
  try { localStorage.setItem("dorc-theme", theme); } catch { /* As above. */ }
});

buildSide();
addEventListener("hashchange", route);
route();
})();
