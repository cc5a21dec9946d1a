import type { BotList } from '../../bots/botList.ts';
import type { BotRecords, SavedMedia } from '../../bots/botRecords.ts';
import type { WholeAccount } from '../../bots/wholeAccount.ts';
import type { BotStore } from '../../bots/botStore.ts';
import type { MediaDownloads } from '../../media/mediaDownloads.ts';
import type { PausedDownloads } from '../../media/pausedDownloads.ts';
import type { PeopleLooks } from '../../media/peopleLooks.ts';
import type { RecordingDetails } from '../../media/recordingDetails.ts';
import type { SpokenRecordings } from '../../media/spokenRecordings.ts';
import type { ResumeOffers } from '../../media/resumeOffers.ts';
import type { ApiKeys } from '../../host/apiKeys.ts';
import type { NamingContext } from '../../download/naming/freeName.ts';
import type { LogChannel } from '../../host/logChannel.ts';
import type { RecentMeetings } from '../../host/recentMeetings.ts';
import type { WorkspaceTarget } from '../../host/workspaceTarget.ts';
import type { Clock } from '../../network/clock.ts';
import type { Redactor } from '../../network/redaction.ts';
import type { Bot } from '../../recall/bot.ts';
import type { RecallClient } from '../../recall/client.ts';
import type { ServerTime } from '../../recall/serverTime.ts';
import type { ApiTransport } from '../../recall/transport.ts';
import type { PlayerEditor } from '../../player/playerEditor.ts';
import type { BotsView } from '../../views/botsView.ts';
import type { BotsTreeNode } from '../../views/treeNodes.ts';

/** The parts of the product that commands work with. Each command names those it needs. */
export interface Parts {
  readonly client: RecallClient;
  readonly transport: ApiTransport;
  readonly keys: ApiKeys;
  readonly store: BotStore;
  readonly list: BotList;
  readonly wholeAccount: WholeAccount;
  readonly downloads: MediaDownloads;
  readonly paused: PausedDownloads;
  readonly resumeOffers: ResumeOffers;
  readonly people: PeopleLooks;
  readonly spoken: SpokenRecordings;
  readonly details: RecordingDetails;
  readonly target: WorkspaceTarget;
  readonly player: PlayerEditor;
  /** What time it is at Recall, and how far this computer's clock is off. */
  readonly serverTime: ServerTime;
  /** Shows Recall's time. */
  readonly clock: Clock;
  readonly log: LogChannel;
  readonly redactor: Redactor;
  /** The records of the account in use. */
  readonly records: () => BotRecords;
  /** Those of the files that are there with their full length. */
  readonly onDisk: (saved: readonly SavedMedia[]) => Promise<readonly SavedMedia[]>;
  /** Watches a bot until its recording is ready. */
  readonly follow: (bot: Bot) => Promise<void>;
  readonly view: BotsView;
  /** Asks for a byte at a pre-signed URL. Throws DownloadError when it cannot be had. */
  readonly probeMedia: (url: string, signal: AbortSignal) => Promise<void>;
  /** Shows a bot in the tree. */
  readonly reveal: (botId: string) => Promise<void>;
  /** Scrolls to a bot where the tree is open, and otherwise leaves everything as it is. */
  readonly bringIntoSight: (botId: string) => Promise<void>;
  readonly recentMeetings: RecentMeetings;
  /** Where files are renamed. */
  readonly moving: NamingContext;
  /** The lines that are selected in the tree. */
  readonly selectedNodes: () => readonly BotsTreeNode[];
}
