/**
 * Gives back what an order was charged.
 *
 * A charge belongs to its order (see charge-card), and the provider gives money back at most once, so this function
 * may be called again, and also when the charge never went through.
 */
import { createHash } from "node:crypto";

export const handler = async ({ orderId, total, currency, failure }) => {
  const order = createHash("sha256").update(orderId).digest("hex").slice(0, 12);
  console.log(`refund of at most ${total.toFixed(2)} ${currency} for order ${orderId}: ${reason(failure)}`);
  return {
    id: `re_${order}`,
    charge: `ch_${order}`,
    upTo: total,
    currency,
    reason: reason(failure),
  };
};

/** What went wrong in words: a failed function says it in JSON, the service in plain text, or not at all. */
function reason({ Error: error, Cause: cause }) {
  try {
    return JSON.parse(cause).errorMessage ?? error;
  } catch {
    return cause || error;
  }
}
