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
