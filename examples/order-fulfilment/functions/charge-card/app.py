"""Charges a card.

The payment provider is played by its test tokens, as real providers offer them, so each outcome can be asked for:

    tok_visa            the charge goes through
    tok_declined        the bank says no
    tok_timeout_once    the first attempt times out, the second goes through
    tok_timeout         every attempt times out

Which attempt this is comes from the workflow ($$.State.RetryCount): a fresh process and a warm one answer alike.
"""

import hashlib
import os


class CardDeclined(Exception):
    """The bank refused the charge; asking again will not help."""


class PaymentTimeout(Exception):
    """The provider did not answer in time; asking again may help."""


def handler(event, context):
    order_id, total, currency = event["orderId"], event["total"], event["currency"]
    token, attempt = event["card"], event.get("attempt", 0)

    if token == "tok_timeout" or (token == "tok_timeout_once" and attempt == 0):
        raise PaymentTimeout(f"No answer from the payment provider for order {order_id} (attempt {attempt + 1})")
    if token == "tok_declined":
        raise CardDeclined(f"The bank declined {total:.2f} {currency} for order {order_id}")
    if total > float(os.environ.get("CARD_LIMIT", "1000")):
        raise CardDeclined(f"{total:.2f} {currency} is over the limit of this card")

    print(f"charged {total:.2f} {currency} for order {order_id} on attempt {attempt + 1}")
    return {"id": charge_id(order_id), "amount": total, "currency": currency}


def charge_id(order_id):
    """The same order always has the same charge, so that a retry cannot charge twice."""
    return "ch_" + hashlib.sha256(order_id.encode()).hexdigest()[:12]
