import assert from 'node:assert/strict';
import { createRedactor } from '../../../src/network/redaction.ts';

/** A text, and what becomes of it. What is secret in it contains `pw1`. */
type Case = readonly [text: string, redacted: string];

function assertRedacted(cases: readonly Case[]): void {
  const redactor = createRedactor();
  for (const [text, expected] of cases) assert.equal(redactor.redact(text), expected);
}

describe('A redactor that knows no exact secret', () => {
  it('hides what is secret of a value with a name, and nothing else', () => {
    assertRedacted([
      ['password:pw1', 'password:[hidden]'],
      ['password : pw1', 'password : [hidden]'],
      ['password  =  pw1', 'password  =  [hidden]'],
      ['passcode: pw1 next', 'passcode: [hidden] next'],
      ['api_key=pw1', 'api_key=[hidden]'],
      ['apikey=pw1', 'apikey=[hidden]'],
      ['apikey: "pw1"', 'apikey: "[hidden]"'],
      ["api_key: 'pw1'", "api_key: '[hidden]'"],
      ['password: "pw1 pw2" rest', 'password: "[hidden]" rest'],
      ["password: 'pw1 pw2' rest", "password: '[hidden]' rest"],
      [String.raw`password: "pw\"1" rest`, 'password: "[hidden]" rest'],
      [String.raw`password: 'pw\'1' rest`, "password: '[hidden]' rest"],
      ['password: "pw1', 'password: "[hidden]'],
      ["password: 'pw1", "password: '[hidden]"],
      ['password: " rest', 'password: "[hidden]'],
      ["password: '", "password: '[hidden]"],
      [String.raw`{\"password\":\"pw1\",\"a\":1}`, String.raw`{\"password\":\"[hidden]\",\"a\":1}`],
      [String.raw`{\"password\": \"pw1\", \"a\":1}`, String.raw`{\"password\": \"[hidden]\", \"a\":1}`],
      [
        String.raw`{\\\"password\\\":\\\"pw1\\\",\\\"a\\\":1}`,
        String.raw`{\\\"password\\\":\\\"[hidden]\\\",\\\"a\\\":1}`,
      ],
      ["'password': 'pw1', 'a': 1", "'password': '[hidden]', 'a': 1"],
      ['password:null', 'password:null'],
      ['password: null,', 'password: null,'],
      ['password: nullable', 'password: [hidden]'],
      ['password: "null"', 'password: "[hidden]"'],
      ['the password was wrong', 'the password was wrong'],
      ['password', 'password'],
      ['password:', 'password:'],
      ['my-password=pw1', 'my-password=[hidden]'],
      [String.raw`password: \pw1`, String.raw`password: \[hidden]`],
      ["password: 'pw1 pw2", "password: '[hidden]"],
    ]);
  });

  it('hides what is secret of an address, and nothing else', () => {
    assertRedacted([
      [String.raw`see https:\/\/a.b\/c?pw1`, String.raw`see https:\/\/a.b\/c?…`],
      ['see http://u@h:80/p', 'see http://[hidden]@h:80/p'],
      ['http://h', 'http://h'],
      ['http://h?pw1', 'http://h?…'],
      ['http://h#pw1', 'http://h#…'],
      ['a://"b', 'a://"b'],
      ['http:///p?pw1', 'http:///p?…'],
      ['http://u:p@h', 'http://[hidden]@h'],
      ['http://@h/p', 'http://[hidden]@h/p'],
      [String.raw`http:\/\/u:p@h\/x`, String.raw`http:\/\/[hidden]@h\/x`],
      [String.raw`http://h\p@x`, String.raw`http://h\p@x`],
      ['&token=pw1', '&token=…'],
      [';token=pw1', ';token=…'],
    ]);
  });

  it('hides what is secret of a query, and nothing else', () => {
    assertRedacted([
      ['?x=1&sig=pw1&y=2', '?x=1&sig=…&y=2'],
      ['a%3Ftoken%3Dpw1', 'a%3Ftoken%3D…'],
      ['a%3Fmy_token%3Dpw1 b', 'a%3Fmy_token%3D… b'],
      ['a%3Fapi-key%3Dpw1 b', 'a%3Fapi-key%3D… b'],
      ['a%26pwd%3dpw1 b', 'a%26pwd%3d… b'],
      ['?my_token=pw1', '?my_token=…'],
      ['?my-token=pw1', '?my-token=…'],
      ['?mytoken=pw1', '?mytoken=…'],
      ['?signature=pw1', '?signature=…'],
      ['?Signature=pw1', '?Signature=…'],
      ['?tk=pw1', '?tk=…'],
      ['?zak=pw1', '?zak=…'],
      ['?auth=pw1', '?auth=…'],
      ['?code=pw1', '?code=…'],
      ['?session=pw1', '?session=…'],
      ['?key=pw1', '?key=…'],
      ['?api-key=pw1', '?api-key=[hidden]'],
      ['?apikey=pw1', '?apikey=…'],
      ['?AWSAccessKeyId=pw1', '?AWSAccessKeyId=…'],
      ['?X-Amz-Credential=pw1', '?X-Amz-Credential=…'],
      ['?x-amz-=pw1', '?x-amz-=pw1'],
      ['?passcode=pw1', '?passcode=…'],
      ['?monkey=1', '?monkey=1'],
      ['?p=pw1<x', '?p=…<x'],
      ['?p=pw1"x', '?p=…"x'],
      ['?p=pw1>x', '?p=…>x'],
      ['?p=', '?p='],
      ['?p=%20&q=1', '?p=…&q=1'],
      ['?q=%3D', '?q=%3D'],
      ['token=pw1', 'token=…'],
      ['a.token=pw1', 'a.token=pw1'],
      ['a-token=pw1', 'a-token=…'],
      ['a_token=pw1', 'a_token=…'],
      ['my_secret=pw1 b', 'my_secret=… b'],
      ['%token=pw1', '%token=pw1'],
      ['xtoken=1', 'xtoken=1'],
      ['access-token=pw1&b=2', 'access-token=…&b=2'],
    ]);
  });

  it('hides what is secret of a name without a question mark before it, and in JSON, and nothing else', () => {
    assertRedacted([
      ['zak=pw1', 'zak=…'],
      ['pwd=pw1"', 'pwd=…"'],
      ['jwt=pw1>', 'jwt=…>'],
      ['secret=pw1<', 'secret=…<'],
      ['signature=pw1', 'signature=…'],
      [String.raw`\"token\":\"pw1\"`, String.raw`\"token\":\"[hidden]\"`],
      [String.raw`\"token\" : \"pw1\"`, String.raw`\"token\" : \"[hidden]\"`],
      [String.raw`x_token\\\":\\\"pw1\\\"`, String.raw`x_token\\\":\\\"[hidden]\\\"`],
      ['"zak" :"pw1"', '"zak" :"[hidden]"'],
      ['"pwd":  "pw1","b":1', '"pwd":  "[hidden]","b":1'],
      ['"token":""', '"token":""'],
      ['Authorization: Token pw1 rest', 'Authorization: [hidden] rest'],
      ['authorization:pw1', 'authorization:[hidden]'],
      ['Authorization  :  Token  pw1', 'Authorization  :  [hidden]'],
      ['cookie=pw1', 'cookie=[hidden]'],
      ['x-api-key: pw1', 'x-api-key: [hidden]'],
      [String.raw`\"Authorization\": \"Token pw1\"`, String.raw`\"Authorization\": \"[hidden]\"`],
      ["'Cookie': 'pw1'", "'Cookie': '[hidden]'"],
      ['Authorization: Token [hidden]', 'Authorization: [hidden]'],
      ['Authorization: [hidden] pw1', 'Authorization: [hidden] pw1'],
      ['authorization:\npw1', String.raw`authorization:\n[hidden]`],
      ['authorization', 'authorization'],
    ]);
  });

  it('hides what is secret of a header, and nothing else', () => {
    assertRedacted([
      ['Authorization: a\nb', String.raw`Authorization: [hidden]\nb`],
      ['Token pw1', 'Token [hidden]'],
      ['token  pw1', 'token  [hidden]'],
      ['bearer pw1', 'bearer [hidden]'],
      ['basic pw1=', 'basic [hidden]'],
      ['Token%20pw1', 'Token%20[hidden]'],
      ['Token+pw1', 'Token+[hidden]'],
      ['tokens pw1', 'tokens pw1'],
      ['xtoken pw1', 'xtoken pw1'],
      ['token "pw1"', 'token "pw1"'],
      ['token (pw1)', 'token (pw1)'],
      ['token pw1, rest', 'token [hidden], rest'],
      ['token Word', 'token Word'],
      ['token .', 'token .'],
    ]);
  });

  it('hides what is secret behind the name of a scheme, and nothing else', () => {
    assertRedacted([
      ['token word.', 'token word.'],
      ['token word!', 'token word!'],
      ['token word?', 'token word?'],
      ['token word:', 'token word:'],
      ['token averylongwordindeed', 'token [hidden]'],
      ['token fifteenletters1', 'token [hidden]'],
      ['token Abcdefghijklmno', 'token Abcdefghijklmno'],
      ['token Abcdefghijklmnop', 'token [hidden]'],
      ['token aBc', 'token [hidden]'],
      ['token a-b', 'token [hidden]'],
      ['token word..', 'token [hidden]'],
    ]);
  });

  it('looks for a value behind as much space as people type, and no more', () => {
    const space = ' '.repeat(20);
    assertRedacted([
      [`password${space}:${space}pw1`, `password${space}:${space}[hidden]`],
      [`password${space} :pw1`, `password${space} :pw1`],
      [String.raw`\"token\"${space}:${space}\"pw1\"`, String.raw`\"token\"${space}:${space}\"[hidden]\"`],
      [`authorization${space}:${space}pw1`, `authorization${space}:${space}[hidden]`],
      [`token${space}pw1`, `token${space}[hidden]`],
    ]);
  });

  it('keeps 10,000 characters, and cuts from one more on', () => {
    const full = 'x'.repeat(10_000);
    assertRedacted([
      [full, full],
      [`${full}x`, `${'x'.repeat(9_999)}…`],
      [`${'x'.repeat(9_998)}🎧🎧`, `${'x'.repeat(9_998)}…`],
      [`${'x'.repeat(9_997)}🎧🎧`, `${'x'.repeat(9_997)}🎧…`],
    ]);
  });

  it('hides a secret of four characters, but no shorter word', () => {
    const redactor = createRedactor();
    for (const secret of ['abcd', 'xyz']) redactor.addSecret(secret);
    assert.equal(redactor.redact('abcd xyz'), '[hidden] xyz');
  });
});
