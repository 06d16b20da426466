// What is wrong with how a page lies on its screen, as a list of sentences.
// limits: {left, top, right, bottom, scroll: "none"|"down", target, gap}
(limits) => {
  const faults = [];
  const root = document.documentElement;
  const say = (what, element) => {
    const name = element.tagName.toLowerCase() + (element.className && element.className.baseVal === undefined ? "." + element.className : "");
    faults.push(what + ": " + name + " " + (element.textContent || element.getAttribute("aria-label") || "").trim().slice(0, 40));
  };
  if (root.scrollWidth > innerWidth) faults.push("scrolls sideways: " + root.scrollWidth);
  if (limits.scroll === "none" && root.scrollHeight > innerHeight) faults.push("scrolls down: " + root.scrollHeight);
  // What only a screen reader gets is clipped away, itself or with what it stands in.
  const clipped = (element) => element && (getComputedStyle(element).clipPath === "inset(50%)" || clipped(element.parentElement));
  const shown = (element) => !clipped(element) && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".sr,.hidden,.skip,[hidden]");
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.nodeValue.trim() || !node.parentElement || !shown(node.parentElement)) continue;
    if (node.parentElement.closest("script,style,svg,option,[data-clock],noscript")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 2 || box.height < 2) continue;
      lines.push({ element: node.parentElement, node, box });
    }
  }
  for (const { element, box } of lines) {
    if (box.left < limits.left - 1 || box.right > limits.right + 1) say("outside at the side " + Math.round(box.left) + "-" + Math.round(box.right), element);
    else if (limits.scroll === "none" && (box.top < limits.top - 1 || box.bottom > limits.bottom + 1)) say("outside above or below " + Math.round(box.top) + "-" + Math.round(box.bottom), element);
    const clip = element.closest("[data-clip]") || element;
    const how = getComputedStyle(clip);
    if (how.overflow !== "visible" && how.display !== "inline" && (clip.scrollWidth > clip.clientWidth + 1 || clip.scrollHeight > clip.clientHeight + 1)) say("cut off", clip);
  }
  // The middle half of each line of text: two of them may not lie over each other.
  const core = (box) => ({ left: box.left + 1, right: box.right - 1, top: box.top + box.height * 0.25, bottom: box.bottom - box.height * 0.25 });
  const cores = lines.map((line) => Object.assign(core(line.box), line)).sort((a, b) => a.top - b.top);
  for (let i = 0; i < cores.length; i += 1) {
    for (let j = i + 1; j < cores.length && cores[j].top < cores[i].bottom; j += 1) {
      const a = cores[i], b = cores[j];
      if (a.node !== b.node && a.left < b.right && b.left < a.right) say("over «" + b.node.nodeValue.trim().slice(0, 30) + "»", a.element);
    }
  }
  if (limits.target) {
    const inText = (element) => element.closest("p,li,td,dd,th,footer p") && getComputedStyle(element).display === "inline";
    const targets = [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,summary")].filter((element) => shown(element) && !inText(element));
    const boxes = targets.map((element) => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width > 1);
    for (const { element, box } of boxes) {
      if (box.width < limits.target - 0.5 || box.height < limits.target - 0.5) say("small target " + Math.round(box.width) + "x" + Math.round(box.height), element);
    }
    for (let i = 0; i < boxes.length; i += 1) {
      for (let j = i + 1; j < boxes.length; j += 1) {
        const a = boxes[i].box, b = boxes[j].box;
        const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
        const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
        if (Math.max(across, down) < limits.gap - 0.5) say("targets " + Math.round(Math.max(across, down)) + " px apart", boxes[i].element);
      }
    }
  }
  return [...new Set(faults)];
}
