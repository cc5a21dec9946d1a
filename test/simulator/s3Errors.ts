/** An answer of the media store that is no recording. */
export interface StoreAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error as an S3 store words it. `details` become elements of the XML. */
export function s3Error(
  status: number,
  code: string,
  message: string,
  details: Readonly<Record<string, string>> = {},
): StoreAnswer {
  const elements = Object.entries({
    Code: code,
    Message: message,
    ...details,
    RequestId: 'SIMULATED0000001',
  });
  const inner = elements.map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`).join('');
  return {
    status,
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}</Error>`,
  };
}

/** The URL's time is over. Times in milliseconds since the epoch. */
export function requestHasExpired(expiredAt: number | undefined, now: number): StoreAnswer {
  return s3Error(403, 'AccessDenied', 'Request has expired', {
    ...(expiredAt !== undefined && { Expires: new Date(expiredAt).toISOString() }),
    ServerTime: new Date(now).toISOString(),
  });
}

/** Some 5xx, 429 or other status on demand. */
export function s3Status(status: number, retryAfter: number | string | undefined): StoreAnswer {
  const slowDown = s3Error(status, 'SlowDown', 'Please reduce your request rate.');
  const other = s3Error(status, 'InternalError', 'We encountered an internal error. Please try again.');
  const answer = status === 503 || status === 429 ? slowDown : other;
  if (retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfter) } };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
