/**
 * Takes one line of an order off the shelf and keeps it for the courier.
 *
 * The warehouse counts for itself, so it may know of less than the catalogue promised: then the line fails with
 * `ShelfEmpty`, each time.
 */
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const warehouse = JSON.parse(readFileSync(new URL("warehouse.json", import.meta.url), "utf8"));
const scanMilliseconds = Number(process.env.SCAN_MILLISECONDS ?? "120");

class ShelfEmpty extends Error {
  name = "ShelfEmpty";
}

export const handler = async ({ orderId, line, number }) => {
  const place = warehouse[line.sku];
  const onHand = place?.onHand ?? 0;

  // Somebody walks to the shelf and scans each piece.
  await pause(scanMilliseconds * Math.min(line.quantity, 10));
  if (onHand < line.quantity) {
    throw new ShelfEmpty(`${line.quantity} of ${line.sku} wanted, ${onHand} on shelf ${place?.shelf ?? "(none)"}`);
  }

  console.log(`${orderId}: ${line.quantity} of ${line.sku} from shelf ${place.shelf}`);
  return {
    sku: line.sku,
    quantity: line.quantity,
    shelf: place.shelf,
    reservation: `${orderId}/${number}`,
    keptForMinutes: 15,
  };
};
