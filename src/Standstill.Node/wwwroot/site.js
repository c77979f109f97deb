// Conveniences only: every page is complete without this file.
"use strict";

for (const element of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy " + (element.tagName === "PRE" ? "the commands" : element.textContent.slice(0, 12) + "…"));
  button.addEventListener("click", async () => {
    let said = "Copied";
    try {
      await navigator.clipboard.writeText(element.textContent);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(element);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      said = "Selected";
    }
    button.textContent = said;
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  const box = element.closest(".copyable");
  if (box) {
    box.append(button);
  } else {
    element.after(button);
  }
}

for (const figure of document.querySelectorAll("figure.chart")) {
  const readout = figure.querySelector(".readout");
  for (const point of figure.querySelectorAll("[data-readout]")) {
    point.addEventListener("pointerenter", () => { readout.textContent = point.dataset.readout; });
    point.addEventListener("pointerleave", () => { readout.textContent = "\u00a0"; });
  }
}

// The what-if board: the page that the form would show is fetched, and the parts that differ are put in its place.
const board = document.querySelector("form[data-board]");
if (board) {
  let asked = 0;
  let timer = 0;
  let asking = {};

  const show = async (address, fields, keep) => {
    if (asking.address === address) {
      asking.keep ??= keep;
      return;
    }
    const mine = ++asked;
    const wish = asking = { address, keep };
    let next, answer;
    try {
      answer = await fetch(address, { headers: { Accept: "text/html" } });
      next = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      location.assign(address);
      return;
    }
    if (mine !== asked) {
      return;
    }
    asking = {};
    if (!next.querySelector("form[data-board]")) {
      location.assign(address);
      return;
    }
    for (const part of document.querySelectorAll("[data-part]")) {
      const other = next.querySelector(`[data-part="${part.dataset.part}"]`);
      if (other && other.innerHTML !== part.innerHTML) {
        part.innerHTML = other.innerHTML;
      }
    }
    for (const row of board.querySelectorAll("[data-row]")) {
      const other = next.querySelector(`[data-row="${row.dataset.row}"]`);
      if (other) {
        row.className = other.className;
      }
    }
    if (fields) {
      const other = next.querySelector("form[data-board]");
      for (const input of board.elements) {
        const twin = [...other.elements].find(e => e.name === input.name && (e.type !== "checkbox" || e.value === input.value));
        if (twin && input.type === "checkbox") {
          input.checked = twin.checked;
        } else if (twin && input.type === "text") {
          input.value = twin.value;
        }
      }
    }
    document.querySelector("[data-said]").textContent = document.querySelector(".headline").textContent;
    if (wish.keep && answer.url !== location.href) {
      history[wish.keep](null, "", answer.url);
    }
  };

  const typed = () => {
    const data = new URLSearchParams(new FormData(board));
    return board.action + "?" + data;
  };

  board.addEventListener("change", event => {
    const input = event.target;
    const row = input.closest("[data-row]");
    if (row && input.type === "checkbox" && !input.checked) {
      row.querySelector("input[name^='when.']").value = "";
    }
    clearTimeout(timer);
    show(typed(), false, "pushState");
  });
  board.addEventListener("input", event => {
    if (event.target.type === "text") {
      clearTimeout(timer);
      timer = setTimeout(() => show(typed(), false, null), 300);
    }
  });
  board.addEventListener("submit", event => {
    event.preventDefault();
    clearTimeout(timer);
    show(typed(), false, "pushState");
  });
  document.addEventListener("click", event => {
    const link = event.target.closest?.("main a[href]");
    if (link && link.pathname === location.pathname && !link.hash && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      show(link.href, true, "pushState").then(() => document.querySelector(".outcome").focus());
    }
  });
  addEventListener("popstate", () => show(location.href, true, null));
}
