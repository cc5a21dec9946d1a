import assert from 'node:assert/strict';
import { findMeetingTitle } from '../../../src/meetings/invitationTitle.ts';

const link = 'https://acme.zoom.us/j/90000000007?pwd=q1w2';

describe('the title in an invitation', () => {
  const cases: Record<string, readonly [text: string, title: string | undefined]> = {
    "Zoom's invitation": [
      `Ana is inviting you to a scheduled Zoom meeting.\n\nTopic: Quarterly review\nTime: Mar 2, 2026 09:00\n\nJoin Zoom Meeting\n${link}`,
      'Quarterly review',
    ],
    'the same with Windows line ends, quoted in a mail': [
      `> Topic: Quarterly review\r\n> Time: Mar 2, 2026\r\n> ${link}`,
      'Quarterly review',
    ],
    'in German': [`Thema: Planung\nUhrzeit: 2. März 2026\n${link}`, 'Planung'],
    'in French, with a space before the colon': [`Sujet : Point d'équipe\n${link}`, "Point d'équipe"],
    'in Japanese, with a wide colon': [`トピック：週次定例\n${link}`, '週次定例'],
    'in Chinese': [`主题: 周会\n${link}`, '周会'],
    'in Vietnamese': [`Chủ đề: Họp tuần\n${link}`, 'Họp tuần'],
    'a calendar entry of Zoom, whose title stands above': [
      `Weekly sync\n\nAna Sample is inviting you to a scheduled Zoom meeting.\n\nJoin Zoom Meeting\n${link}`,
      'Weekly sync',
    ],
    'the same in German': [
      `Wochenrunde\n\nAna Muster lädt Sie zu einem geplanten Zoom-Meeting ein.\n${link}`,
      'Wochenrunde',
    ],
    'a calendar file, folded and escaped': [
      'BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nSUMMARY;LANGUAGE=en:Plans\\, budgets\r\n  and people\r\n' +
        `LOCATION:${link}\r\nBEGIN:VALARM\r\nSUMMARY:Alarm\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
      'Plans, budgets and people',
    ],
    'a calendar file whose alarm alone has one': [
      'BEGIN:VEVENT\nBEGIN:VALARM\nSUMMARY:Alarm\nEND:VALARM\nEND:VEVENT',
      undefined,
    ],
    'a calendar file that is cut off': [`BEGIN:VEVENT\nSUMMARY:Weekly sync\nLOCATION:${link}`, undefined],
    'a mail, forwarded and answered': [`Subject: Fwd: Re: Budget\nDate: today\n\n${link}`, 'Budget'],
    "a mail of Google's calendar": [
      `Subject: Updated invitation: Weekly sync @ Mon Mar 2, 2026 9am - 9:30am (CET) (ana@example.com)\n\n${link}`,
      'Weekly sync',
    ],
    'a mail whose subject is encoded': [
      `Subject: =?UTF-8?Q?R=C3=BCckblick_und?=\n =?utf-8?B?IEF1c2JsaWNr?=\n\n${link}`,
      'Rückblick und Ausblick',
    ],
    'a mail in a character set that nobody knows': [`Subject: =?x-none?Q?abc?=\n${link}`, '=?x-none?Q?abc?='],
    'what Google Calendar copies': [
      'Design review\nMonday, March 2 · 9:00 – 9:30am\nTime zone: Europe/Berlin\nGoogle Meet joining info\n' +
        'Video call link: https://meet.google.com/kqz-mwvp-trb',
      'Design review',
    ],
    'a chat message above a Meet link': ['shall we?\nhttps://meet.google.com/kqz-mwvp-trb', undefined],
    'a link alone': [link, undefined],
    nothing: ['', undefined],
    'an empty topic before another': [`Topic:\nSubject: Budget\n${link}`, 'Budget'],
    'a topic that is the link': [`Topic: ${link}`, undefined],
    'a sentence with a colon': [`The topic is this: budget\n${link}`, undefined],
    'an invitation in Hebrew, with marks of its direction': [
      `\u200fנושא: פגישה שבועית\n\u202bשעה\u202c: 9:00\n${link}`,
      'פגישה שבועית',
    ],
    'an invitation in Arabic, with a mark before the colon': [`الموضوع\u200f: اجتماع\n${link}`, 'اجتماع'],
    'a topic with a place': [`Topic: Lunch @ 12 Main Street\n${link}`, 'Lunch @ 12 Main Street'],
    'a topic that begins as some mails do': [`Topic: Accepted: papers\n${link}`, 'Accepted: papers'],
    'a topic of which a part is quoted': [`Topic: "Apollo" kick-off\n${link}`, '"Apollo" kick-off'],
    'a topic that is quoted': [`Topic: "Apollo kick-off"\n${link}`, 'Apollo kick-off'],
    'a topic with a star and one in bold': [`*Topic: Star* review*\n${link}`, 'Star* review*'],
    'a topic with a joined emoji': [`Topic: 👩\u200d💻 Standup\n${link}`, '👩\u200d💻 Standup'],
    'a topic with what nobody sees and turned text': ['Topic: a\u202eb\u200b\u0007c', 'a b c'],
    'a topic in bold': [`*Topic:* Budget\n**Subject: Other**\n${link}`, 'Budget'],
  };
  for (const [name, [text, title]] of Object.entries(cases)) {
    it(`is found in ${name}: ${title ?? 'none'}`, () => {
      assert.equal(findMeetingTitle(text), title);
    });
  }

  it('is at most 300 characters long, and found in at most 100,000', () => {
    assert.equal(findMeetingTitle(`Topic: ${'x'.repeat(5_000)}`)?.length, 300);
    assert.equal(findMeetingTitle(`${'\n'.repeat(100_000)}Topic: late`), undefined);
  });
});
