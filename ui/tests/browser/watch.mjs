// Run in the page: notes from now on, in `window.seen`, every status that a state shows.
export const WATCH = () => {
  const seen = {};
  const note = (node) => {
    const name = node.getAttribute?.("data-state-name");
    const status = node.getAttribute?.("data-status");
    if (!name || !status) return;
    seen[name] ??= [];
    if (seen[name].at(-1) !== status) seen[name].push(status);
  };
  new MutationObserver((records) => {
    for (const record of records) {
      note(record.target);
      for (const added of record.addedNodes) note(added);
    }
  }).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-status"],
  });
  window.seen = seen;
};
