import { expect, test } from "vitest";
import { uriOf } from "@/lib/mail/tracking/uri";

test.each([
  [
    "https://shop.example/скидка/чай",
    "https://shop.example/%D1%81%D0%BA%D0%B8%D0%B4%D0%BA%D0%B0/%D1%87%D0%B0%D0%B9",
  ],
  ["https://shop.example/🍵", "https://shop.example/%F0%9F%8D%B5"],
  ["https://shop.example/größe?farbe=grün", "https://shop.example/gr%C3%B6%C3%9Fe?farbe=gr%C3%BCn"],
  ["https://bücher.example/neu#größe", "https://xn--bcher-kva.example/neu#gr%C3%B6%C3%9Fe"],
  ["https://例子.公司/お茶", "https://xn--fsqu00a.xn--55qx5d/%E3%81%8A%E8%8C%B6"],
  ["https://shop.example/100%25/größe?a=%F6", "https://shop.example/100%25/gr%C3%B6%C3%9Fe?a=%F6"],
  ["https://shop.example/İ", "https://shop.example/%C4%B0"],
  ["https://shop.example/a%20b?x=1&y=[2]#z", "https://shop.example/a%20b?x=1&y=[2]#z"],
  ["https://Shop.example", "https://Shop.example"],
])("%s leads to %s", (link, uri) => {
  expect(uriOf(link)).toBe(uri);
  expect(() => new Headers({ Location: uriOf(link) })).not.toThrow();
});
