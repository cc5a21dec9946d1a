import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

interface ZipEntry {
  name: string;
  method: number;
  compressedSize: number;
  headerOffset: number;
}

/**
 * Unpacks the files of a zip archive whose names start with `prefix`, without that prefix.
 * @param archive path of an archive below 4 GiB, without encryption
 * @param target folder that is made when it does not exist
 * @throws Error when the file is no such archive or a name points outside `target`
 */
export async function unzip(archive: string, prefix: string, target: string): Promise<void> {
  const bytes = await readFile(archive);
  for (const entry of readDirectory(bytes)) {
    if (!entry.name.startsWith(prefix) || entry.name.endsWith('/')) continue;
    const file = resolve(target, entry.name.slice(prefix.length));
    if (!file.startsWith(join(target, sep))) throw new Error(`${archive}: ${entry.name} points outside.`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, readEntry(bytes, entry));
  }
}

function readDirectory(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== endOfDirectory) throw new Error('This is not a zip archive.');
  const entries: ZipEntry[] = [];
  let offset = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(offset) !== directoryEntry) throw new Error('The zip archive is damaged.');
    const nameLength = bytes.readUInt16LE(offset + 28);
    entries.push({
      name: bytes.toString('utf8', offset + 46, offset + 46 + nameLength),
      method: bytes.readUInt16LE(offset + 10),
      compressedSize: bytes.readUInt32LE(offset + 20),
      headerOffset: bytes.readUInt32LE(offset + 42),
    });
    offset += 46 + nameLength + bytes.readUInt16LE(offset + 30) + bytes.readUInt16LE(offset + 32);
  }
  return entries;
}

function readEntry(bytes: Buffer, { name, method, compressedSize, headerOffset }: ZipEntry): Buffer {
  const start =
    headerOffset + 30 + bytes.readUInt16LE(headerOffset + 26) + bytes.readUInt16LE(headerOffset + 28);
  const content = bytes.subarray(start, start + compressedSize);
  if (method === 0) return content;
  if (method === 8) return inflateRawSync(content);
  throw new Error(`${name} is compressed in an unknown way (${method}).`);
}
