import { type ApiAnswer, jsonAnswer } from './apiAnswers.ts';
import { type ApiFault, faultOfKind } from './faults.ts';

/** One list request. */
export interface ListRequest {
  /** Whole URL as asked for, on the API's own origin. */
  readonly url: URL;
  readonly faults: readonly ApiFault[];
}

/** A page found by its number, with the total. `page` beyond the last gives 404. */
export function numberedPage<Item>(
  items: readonly Item[],
  pageSize: number,
  request: ListRequest,
  toJson: (item: Item) => unknown,
): ApiAnswer {
  const page = Number(request.url.searchParams.get('page') ?? '1');
  const pages = Math.max(1, Math.ceil(items.length / pageSize));
  const endless = faultOfKind(request.faults, 'endlessNext') !== undefined;
  if (!Number.isInteger(page) || page < 1 || (page > pages && !endless)) {
    return jsonAnswer(404, { detail: 'Invalid page.' });
  }
  const link = (number: number): string => withQuery(request.url, 'page', String(number));
  return jsonAnswer(200, {
    count: items.length,
    next: nextLink(request, page < pages ? link(page + 1) : null, () => link(page + 1)),
    previous: page > 1 ? link(page - 1) : null,
    results: items.slice((page - 1) * pageSize, page * pageSize).map(toJson),
  });
}

/** A page found by a cursor, without a total. */
export function cursorPage<Item>(
  items: readonly Item[],
  pageSize: number,
  request: ListRequest,
  toJson: (item: Item) => unknown,
): ApiAnswer {
  const cursor = request.url.searchParams.get('cursor');
  const start = cursor === null ? 0 : offsetIn(cursor);
  if (start === undefined) return jsonAnswer(404, { detail: 'Invalid cursor' });
  const link = (offset: number): string => withQuery(request.url, 'cursor', cursorAt(offset));
  const end = start + pageSize;
  return jsonAnswer(200, {
    next: nextLink(request, end < items.length ? link(end) : null, () => link(end)),
    previous: start > 0 ? link(Math.max(0, start - pageSize)) : null,
    results: items.slice(start, end).map(toJson),
  });
}

function nextLink(request: ListRequest, real: string | null, oneMore: () => string): string | null {
  const foreign = faultOfKind(request.faults, 'nextPageOnForeignHost');
  if (foreign) return foreign.url;
  if (faultOfKind(request.faults, 'loopingNext')) return request.url.href;
  return faultOfKind(request.faults, 'endlessNext') ? oneMore() : real;
}

function withQuery(url: URL, name: string, value: string): string {
  const copy = new URL(url);
  copy.searchParams.set(name, value);
  return copy.href;
}

function cursorAt(offset: number): string {
  return Buffer.from(`o=${offset}`).toString('base64');
}

function offsetIn(cursor: string): number | undefined {
  const digits = /^o=(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('latin1'))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
