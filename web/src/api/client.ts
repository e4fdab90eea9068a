// Calls of the REST interface: same origin, cookie of the session, its CSRF word in a header. Whatever goes wrong is
// thrown as a Problem. A call that wants a fresh proof of who is there is made again after the step-up dialog.
import { somebodyIsHere } from './activity';
import { Problem, type ProblemBody, noAnswer, waitsForAnother } from './problem';

type Query = Record<string, string | number | boolean | null | undefined>;

export interface CallOptions {
  query?: Query;
  body?: unknown; // JSON, unless it is a string or bytes
  contentType?: string; // of those
  etag?: string; // If-Match
  idempotencyKey?: string;
  signal?: AbortSignal;
}

interface Hooks {
  csrf: string;
  onSignedOut: () => void;
  stepUp: (() => Promise<boolean>) | null; // true: proved, try again
}

export const hooks: Hooks = { csrf: '', onSignedOut: () => undefined, stepUp: null };

export function address(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

function isRaw(body: unknown): body is string | Blob {
  return typeof body === 'string' || body instanceof Blob;
}

function headersOf(method: string, options: CallOptions): Headers {
  const headers = new Headers({ Accept: 'application/json' });
  if (!somebodyIsHere()) headers.set('X-Provost-Background', '1');
  if (method !== 'GET' && hooks.csrf) headers.set('X-Provost-CSRF', hooks.csrf);
  if (options.body !== undefined) {
    const type = isRaw(options.body) ? (options.contentType ?? 'application/octet-stream') : 'application/json';
    headers.set('Content-Type', type);
  }
  if (options.etag) headers.set('If-Match', options.etag);
  if (options.idempotencyKey) headers.set('Idempotency-Key', options.idempotencyKey);
  return headers;
}

async function problemOf(answer: Response): Promise<Problem> {
  const body = (await answer.json().catch(() => ({}))) as ProblemBody;
  return new Problem(answer.status, body);
}

async function send(method: string, path: string, options: CallOptions): Promise<Response> {
  const { body } = options;
  const init: RequestInit = { method, headers: headersOf(method, options), credentials: 'same-origin', cache: 'no-store' };
  if (body !== undefined) init.body = isRaw(body) ? body : JSON.stringify(body);
  if (options.signal) init.signal = options.signal;
  const answer = await fetch(address(path, options.query), init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw noAnswer();
  });
  if (answer.ok) return answer;
  throw await problemOf(answer);
}

export async function request(method: string, path: string, options: CallOptions = {}): Promise<Response> {
  try {
    return await send(method, path, options);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401 && !path.startsWith('/v1/session')) hooks.onSignedOut();
    if (!error.needsStepUp || hooks.stepUp === null || !(await hooks.stepUp())) throw error;
    return send(method, path, options);
  }
}

async function json<T>(method: string, path: string, options?: CallOptions): Promise<T> {
  const answer = await request(method, path, options);
  if (answer.status === 204) return undefined as T;
  const body = (await answer.json()) as T & { csrf?: unknown; approval?: unknown };
  // What changes a session brings the word for its next calls.
  if (typeof body.csrf === 'string') hooks.csrf = body.csrf;
  if (answer.status === 202 && method !== 'GET' && body.approval !== undefined) throw waitsForAnother();
  return body;
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => {
    const options: CallOptions = {};
    if (query) options.query = query;
    if (signal) options.signal = signal;
    return json<T>('GET', path, options);
  },
  // What comes back, and what is sent.
  post: <T, B = unknown>(path: string, body: B = {} as B, options: CallOptions = {}) => json<T>('POST', path, { body, ...options }),
  put: <T, B = unknown>(path: string, body: B, options: CallOptions = {}) => json<T>('PUT', path, { body, ...options }),
  patch: <T, B = unknown>(path: string, body: B, options: CallOptions = {}) => json<T>('PATCH', path, { body, ...options }),
  remove: <T>(path: string, options: CallOptions = {}) => json<T>('DELETE', path, options),
  text: async (path: string, query?: Query) => (await request('GET', path, query ? { query } : {})).text(),
};

export interface Page<T> {
  items: T[];
  next?: string;
  total?: number;
}
