import assert from 'node:assert/strict';
import { MAY_HOLD_MEETING_LINK } from '../../../src/meetings/mayHoldMeetingLink.ts';
import { domainsOfLinkPlatforms } from '../../../src/meetings/meetingForms.ts';
import * as pasted from './pastedLinks.ts';

describe('a text that may hold a meeting link', () => {
  it('may have one to any platform, but for those that bots come to in another way', () => {
    const domains = domainsOfLinkPlatforms();
    assert.ok(domains.length > 10);
    assert.ok(['zoom.us', 'zoomgov.com', 'webex.com'].every((domain) => domains.includes(domain)));
    assert.ok(!domains.includes('slack.com'));
  });

  const groups = [pasted.wrapped, pasted.otherForms, pasted.damaged, pasted.touched, pasted.sameMeeting];
  for (const [name, { text, link }] of groups.flatMap((group) => Object.entries(group))) {
    // A host in two pieces can be told from prose only by whoever reads the whole text.
    const isBroken = /zo\s*\u00ad?om\.us/.test(text) && !text.includes('zoom.us');
    if (link === undefined || isBroken) continue;
    it(`is one that holds one: ${name}`, () => {
      assert.match(text, MAY_HOLD_MEETING_LINK);
      assert.match(link, MAY_HOLD_MEETING_LINK);
    });
  }

  for (const domain of domainsOfLinkPlatforms()) {
    it(`is one with a link to ${domain}, also where its dots are encoded`, () => {
      for (const dot of ['.', '%2e', '%2E', '=2E'])
        for (const host of [domain, `acme.${domain}`])
          assert.match(`see https://${host.replaceAll('.', dot)}/x`, MAY_HOLD_MEETING_LINK);
    });
  }

  for (const text of [
    'The meeting begins at nine. We meet. Teams zoom in.',
    'const meeting = zoom.level > 1 ? teams.first : goto(meet.at);',
    "import { meetingUrl } from '../meetings/meetingUrl.ts';",
    'https://example.com/meeting/teams/webex',
    'webex.ts, zoom.css and teams.json',
  ]) {
    it(`is none of prose or code: ${text}`, () => {
      assert.doesNotMatch(text, MAY_HOLD_MEETING_LINK);
    });
  }
});
