import { parseArgs } from 'node:util';
import { startSimulator } from './simulator.ts';

const usage = `Runs a simulated Recall API and media store on 127.0.0.1.

  node test/simulator/main.ts [--port 8123] [--media-port 0] [--time-scale 1] [--key KEY ...] [--sample]

  --port         port of the API; 0, the default, takes any free one
  --media-port   port of the media store; 0, the default, takes any free one
  --time-scale   simulated seconds per second; 1 if left out
  --key          accept this API key only; may be repeated; any key if left out
  --sample       begin with some sample bots
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'media-port': { type: 'string', default: '0' },
    'time-scale': { type: 'string', default: '1' },
    key: { type: 'string', multiple: true },
    sample: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else await run();

async function run(): Promise<void> {
  const simulator = await startSimulator({
    apiPort: Number(values.port),
    mediaPort: Number(values['media-port']),
    timeScale: Number(values['time-scale']),
    ...(values.key && { keys: values.key }),
  });
  if (values.sample) simulator.addSampleBots();
  console.log(`API    ${simulator.apiOrigin}`);
  console.log(`Media  ${simulator.mediaOrigin}`);
  const stop = (): void => {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
    void simulator.close();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
