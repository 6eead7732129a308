"""Prices an order from the catalogue beside this file.

Amounts are added up in cents, because fractions of a euro do not add up in binary.
"""

import json
import os
from pathlib import Path

CATALOGUE = json.loads((Path(__file__).parent / "catalogue.json").read_text(encoding="utf-8"))
SHIPPING_CENTS = 600


class InvalidOrder(Exception):
    """The order itself makes no sense; asking again will not help."""


class UnknownProduct(Exception):
    """A line names a product that is not in the catalogue."""


def handler(event, context):
    lines = [price_line(line) for line in event.get("lines") or []]
    if not lines:
        raise InvalidOrder(f"Order {event.get('orderId')} has no lines")

    in_stock = [line for line in map(part_in_stock, lines) if line["quantity"] > 0]
    quote = summary(lines)
    quote["available"] = summary(in_stock)
    quote["stock"] = quote["available"]["qty"]
    print(f"{os.environ.get('SHOP_NAME', 'shop')}: {event.get('orderId')} costs {quote['total']}, "
          f"{quote['stock']} of {quote['qty']} pieces in stock")
    return quote


def price_line(line):
    """One line of the order with what the catalogue says about it."""
    sku, quantity = line.get("sku"), line.get("quantity")
    if not isinstance(quantity, int) or quantity < 1:
        raise InvalidOrder(f"Quantity of {sku} is {quantity!r}; it must be a whole number from 1")
    product = CATALOGUE.get(sku)
    if product is None:
        raise UnknownProduct(f"No product {sku!r} in the catalogue")
    return {"sku": sku, "name": product["name"], "quantity": quantity, "price": product["price"]}


def part_in_stock(line):
    """The same line, cut down to the pieces that are in stock."""
    return {**line, "quantity": min(line["quantity"], CATALOGUE[line["sku"]]["stock"])}


def summary(lines):
    """Lines, number of pieces, and the total with shipping."""
    cents = sum(round(line["price"] * 100) * line["quantity"] for line in lines)
    free_from = int(os.environ.get("FREE_SHIPPING_FROM", "150")) * 100
    if 0 < cents < free_from:
        cents += SHIPPING_CENTS
    return {"lines": lines, "qty": sum(line["quantity"] for line in lines), "total": cents / 100}
