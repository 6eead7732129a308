// What runs inside the page while it is measured. Each function is sent there as it stands.

/** Calls back once what was asked for has been painted: behind the next frame's own work. */
export function install() {
  const painted = (done) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now());
      channel.port2.postMessage(null);
    });
  const probe = { painted, frames: null, keys: [] };
  /** Times between frames, until `stop`. */
  probe.watch = () => {
    const gaps = [];
    let last = null;
    let going = true;
    const frame = (now) => {
      if (last !== null) gaps.push(now - last);
      last = now;
      if (going) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    probe.frames = () => {
      going = false;
      return gaps;
    };
  };
  addEventListener("keydown", (event) => painted((now) => probe.keys.push(now - event.timeStamp)), true);
  window.probe = probe;
}

/** From a click on a workflow until its first states, or its overview, are on the screen. Each drawing has nodes of its own. */
export function opened(name) {
  const row = document.querySelector(`aside button[title="${name}.asl.json"]`);
  const drawn = row.getAttribute("aria-current")
    ? []
    : document.querySelectorAll("[data-state-name], [data-overview]");
  for (const before of drawn) before.dataset.before = "";
  const start = performance.now();
  row.click();
  return new Promise((done) => {
    const look = () => {
      const there = document.querySelector(
        "[data-state-name]:not([data-before]), [data-overview]:not([data-before])",
      );
      if (there && row.getAttribute("aria-current")) window.probe.painted((now) => done(now - start));
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Drags the canvas for some time, one move a frame, and returns the times between frames. */
export function pan(milliseconds) {
  const pane = document.querySelector(".react-flow__pane");
  const box = pane.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const fire = (type, at, target) =>
    target.dispatchEvent(
      new MouseEvent(type, {
        clientX: at.x,
        clientY: at.y,
        button: 0,
        buttons: 1,
        bubbles: true,
        view: window,
      }),
    );
  fire("mousedown", { x, y }, pane);
  return new Promise((done) => {
    const gaps = [];
    let begun = null;
    let last = 0;
    const frame = (now) => {
      if (begun === null) begun = now;
      else gaps.push(now - last);
      last = now;
      const share = (now - begun) / 1000;
      // Down and to the sides, 1,500 pixels a second at the fastest: a hand in a hurry.
      fire("mousemove", { x: x + 120 * Math.sin(share * 5), y: y - 750 * Math.sin(share * 2) }, window);
      if (now - begun < milliseconds) requestAnimationFrame(frame);
      else {
        fire("mouseup", { x, y }, window);
        done(gaps);
      }
    };
    requestAnimationFrame(frame);
  });
}
