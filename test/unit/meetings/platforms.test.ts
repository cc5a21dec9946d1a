import assert from 'node:assert/strict';
import { mixedMp3Support, platformName, platforms } from '../../../src/meetings/platforms.ts';

describe('platforms', () => {
  it('names the platforms as people do', () => {
    assert.deepEqual(
      platforms.map((code) => [code, platformName(code)]),
      [
        ['zoom', 'Zoom'],
        ['google_meet', 'Google Meet'],
        ['microsoft_teams', 'Microsoft Teams'],
        ['microsoft_teams_live', 'Microsoft Teams'],
        ['webex', 'Webex'],
        ['goto_meeting', 'GoTo Meeting'],
        ['slack_huddle_observer', 'Slack huddle'],
        ['slack_authenticator', 'Slack'],
        ['chime_sdk', 'Amazon Chime'],
        ['zoom_rtms', 'Zoom'],
        ['google_meet_media_api', 'Google Meet'],
        ['webrtc', 'WebRTC'],
      ],
    );
  });

  it('shows a platform that is not known as it is', () => {
    assert.equal(platformName('new_platform'), 'new_platform');
    assert.equal(platformName('constructor'), 'constructor');
  });

  it('is sure of the mixed MP3 on Zoom, Meet and Teams only', () => {
    const sure = platforms.filter((code) => mixedMp3Support(code) === 'yes');
    assert.deepEqual(sure, ['zoom', 'google_meet', 'microsoft_teams', 'microsoft_teams_live']);
    assert.equal(mixedMp3Support('new_platform'), 'doubtful');
  });
});
