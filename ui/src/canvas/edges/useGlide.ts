// Lets a line glide with the cards at its ends when the layout changes.
import { useEffect, useRef, useState } from "react";

const GLIDE = 220;

export function useGlide(points: readonly number[]): readonly number[] {
  const [shown, setShown] = useState(points);
  const latest = useRef(points);
  const drawn = useRef(points);

  useEffect(() => {
    if (samePoints(latest.current, points)) return;
    latest.current = points;
    const from = drawn.current;
    const draw = (next: readonly number[]) => {
      drawn.current = next;
      setShown(next);
    };
    if (from.length !== points.length || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      draw(points);
      return;
    }
    let frame = 0;
    let start: number | null = null;
    const step = (now: number) => {
      start ??= now;
      const share = Math.min(1, (now - start) / GLIDE);
      draw(share === 1 ? points : between(from, points, ease(share)));
      if (share < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [points]);

  return shown;
}

function between(from: readonly number[], to: readonly number[], share: number): number[] {
  return to.map((value, index) => {
    const start = from[index] ?? value;
    return start + (value - start) * share;
  });
}

/** Near to the style sheet's `--ease`. */
function ease(share: number): number {
  return 1 - (1 - share) ** 3;
}

function samePoints(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
