const PADDING = 0x3d;
const PADDING_MAX = 2;

/**
 * The number of bytes that a base64 text stands for, its line breaks left out; null for another text (RFC 4648,
 * section 4). It looks at each character once: texts of many megabytes come from strangers.
 */
export function sizeOfBase64(text: string): number | null {
  let digits = 0;
  let padding = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isLineBreak(code)) continue;
    if (code === PADDING) padding += 1;
    else if (padding > 0 || !isDigit(code)) return null;
    else digits += 1;
  }
  return sizeOf(digits, padding);
}

function sizeOf(digits: number, padding: number): number | null {
  const places = digits + padding;
  return padding <= PADDING_MAX && places % 4 === 0 ? (places / 4) * 3 - padding : null;
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** A–Z, a–z, 0–9, “+” or “/”. */
function isDigit(code: number): boolean {
  const letter = code | 0x20;
  if (letter >= 0x61 && letter <= 0x7a) return code >= 0x41 && code <= 0x7a;
  return (code >= 0x2f && code <= 0x39) || code === 0x2b;
}
