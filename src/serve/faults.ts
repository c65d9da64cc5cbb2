import type { Language } from '../problems/messages/index.ts';
import { type Answer, bytesOf } from './protocol.ts';

interface Fault {
  readonly status: number;
  readonly title: Readonly<Record<Language, string>>;
}

/** What may go wrong with a request. The code is the last part of a problem's `type`. */
export const FAULTS = {
  'bad-json': { status: 400, title: { en: 'The body is no JSON', 'zh-CN': '请求正文不是有效的 JSON' } },
  'bad-request': {
    status: 400,
    title: { en: 'The body is not what this route takes', 'zh-CN': '请求正文不符合该接口的要求' },
  },
  'bad-http': { status: 400, title: { en: 'This is no HTTP request', 'zh-CN': '这不是有效的 HTTP 请求' } },
  unauthorized: {
    status: 401,
    title: { en: 'A valid token is needed', 'zh-CN': '缺少有效的令牌' },
  },
  'not-found': { status: 404, title: { en: 'There is no such route', 'zh-CN': '没有该接口' } },
  'unknown-book': { status: 404, title: { en: 'There is no such book', 'zh-CN': '没有该工作簿' } },
  'method-not-allowed': {
    status: 405,
    title: { en: 'This route takes another method', 'zh-CN': '该接口不支持此请求方法' },
  },
  'too-slow': { status: 408, title: { en: 'The request did not come in time', 'zh-CN': '请求接收超时' } },
  'too-long': { status: 413, title: { en: 'The body is too long', 'zh-CN': '请求正文过大' } },
  'unsupported-type': {
    status: 415,
    title: { en: 'The body must be application/json', 'zh-CN': '请求正文的类型必须是 application/json' },
  },
  'wrong-host': {
    status: 421,
    title: { en: 'The Host header does not name this machine', 'zh-CN': 'Host 请求头不是本机地址' },
  },
  'rules-or-data': {
    status: 422,
    title: { en: 'The rules or the data have errors', 'zh-CN': '规则或数据有错误' },
  },
  'unknown-name': {
    status: 422,
    title: { en: 'The rules have no such value', 'zh-CN': '规则中没有该值' },
  },
  'unreadable-book': {
    status: 422,
    title: { en: 'The book cannot be read', 'zh-CN': '工作簿无法读取' },
  },
  'headers-too-long': {
    status: 431,
    title: { en: 'The headers are too long', 'zh-CN': '请求头过大' },
  },
  internal: { status: 500, title: { en: 'The server has a defect', 'zh-CN': '服务器内部错误' } },
  busy: { status: 503, title: { en: 'Too many requests are waiting', 'zh-CN': '排队的请求过多' } },
  'timed-out': { status: 503, title: { en: 'It took too long', 'zh-CN': '处理超时' } },
  'out-of-memory': {
    status: 503,
    title: { en: 'There is not enough memory for it', 'zh-CN': '内存不足' },
  },
  stopping: { status: 503, title: { en: 'The server is stopping', 'zh-CN': '服务器正在停止' } },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultCode = keyof typeof FAULTS;

/** Where the kinds of problems are listed: a part of the description that the server gives of itself. */
export const typeOf = (code: FaultCode): string => `/v1/openapi.json#/x-problem-types/${code}`;

/** A problem (RFC 9457) as an answer. `more`: `detail`, and what else belongs to the code. */
export function faultAnswer(
  code: FaultCode,
  language: Language,
  more: Readonly<Record<string, unknown>> = {},
): Answer {
  const { status, title } = FAULTS[code];
  const problem = { type: typeOf(code), title: title[language], status, ...more };
  return {
    status,
    type: 'application/problem+json',
    pieces: [bytesOf(`${JSON.stringify(problem, null, 2)}\n`)],
  };
}
