import * as vscode from 'vscode';
import { DEFAULT_FILE_NAME_PATTERN } from '../download/naming/defaultPattern.ts';
import { apiOriginOf } from '../recall/apiOrigin.ts';
import type { TranscriptSource } from '../media/transcriptSource.ts';
import { DEFAULT_REGION, isRegion } from '../recall/regions.ts';
import type { Region } from '../recall/regions.ts';

/** What happens when the recording of a followed bot is ready. */
export type WhenReady = 'ask' | 'download' | 'nothing';

const SECTION = 'recall';
const DEFAULT_BOT_NAME = 'Meeting Notetaker';
const MAX_BOT_NAME_LENGTH = 100;

/** Reads the settings at the moment of the call, and tolerates values of the wrong type. */
export const settings = {
  /** The API origin that region and base URL lead to. Throws RecallError `badSetting`. */
  apiOrigin(): string {
    // Application scope: a workspace cannot set these two, so the key cannot be sent where a repository wants it.
    const configuration = vscode.workspace.getConfiguration(SECTION);
    return apiOriginOf({ region: configuration.get('region'), apiBaseUrl: configuration.get('apiBaseUrl') });
  },

  /** Whether `recall.apiBaseUrl` decides instead of the region. */
  hasApiBaseUrl(): boolean {
    const value: unknown = vscode.workspace.getConfiguration(SECTION).get('apiBaseUrl');
    return typeof value === 'string' && value.trim() !== '';
  },

  region(): Region {
    const value: unknown = vscode.workspace.getConfiguration(SECTION).get('region');
    return isRegion(value) ? value : DEFAULT_REGION;
  },

  async setRegion(region: Region): Promise<void> {
    await vscode.workspace
      .getConfiguration(SECTION)
      .update('region', region, vscode.ConfigurationTarget.Global);
  },

  /** 1 to 100 characters. */
  botName(): string {
    const value: unknown = vscode.workspace.getConfiguration(SECTION).get('botName');
    const name = typeof value === 'string' ? value.trim() : '';
    return name === '' ? DEFAULT_BOT_NAME : name.slice(0, MAX_BOT_NAME_LENGTH);
  },

  /** Hours from 1; undefined = as the account says. */
  retentionHours(): number | undefined {
    const value: unknown = vscode.workspace.getConfiguration(SECTION).get('retentionHours');
    return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : undefined;
  },

  /** What new bots are asked for; undefined = no transcript. Application scope: no repository may spend somebody's money. */
  transcript(): TranscriptSource | undefined {
    const value: unknown = vscode.workspace.getConfiguration(SECTION).get('transcript');
    return value === 'captions' || value === 'recallai' ? value : undefined;
  },

  whenRecordingIsReady(): WhenReady {
    const value: unknown = vscode.workspace.getConfiguration(SECTION).get('whenRecordingIsReady');
    return value === 'download' || value === 'nothing' ? value : 'ask';
  },

  async setWhenRecordingIsReady(value: WhenReady): Promise<void> {
    await vscode.workspace
      .getConfiguration(SECTION)
      .update('whenRecordingIsReady', value, vscode.ConfigurationTarget.Global);
  },

  /** Relative to the workspace folder. */
  downloadFolder(folder: vscode.Uri): string {
    const value: unknown = vscode.workspace.getConfiguration(SECTION, folder).get('downloadFolder');
    return typeof value === 'string' ? value : 'recordings';
  },

  /** Whether what is known of a recording is written beside its MP3 in this folder. */
  saveDetails(folder: vscode.Uri): boolean {
    return vscode.workspace.getConfiguration(SECTION, folder).get<unknown>('saveDetails') === true;
  },

  /** The pattern of file names; `folder` is undefined where no workspace folder is open. */
  fileName(folder: vscode.Uri | undefined): string {
    const value: unknown = vscode.workspace.getConfiguration(SECTION, folder ?? null).get('fileName');
    return typeof value === 'string' ? value : DEFAULT_FILE_NAME_PATTERN;
  },

  /** Calls back when the name that bots are sent under may have changed. */
  onDidChangeBotName(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('recall.botName')) listener();
    });
  },

  /** Calls back when the API origin may have changed. */
  onDidChangeApiOrigin(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('recall.region') || event.affectsConfiguration('recall.apiBaseUrl'))
        listener();
    });
  },
};
