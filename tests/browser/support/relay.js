// A relay in front of a server that can be told to hold what a check does back, or to cut it off.
import http from 'node:http';

/** Starts one. `events` says what becomes of a stream of events: `pass`, `hold` or `cut`. */
export async function startRelay(server) {
  const upstream = new URL(server.base);
  const seen = { events: 'pass', away: false, streams: [] };
  const held = new Set();
  const front = http.createServer((request, response) => {
    if (seen.away) return request.socket.destroy();
    const isStream = request.url.endsWith('/events');
    if (isStream) seen.streams.push(request.headers['last-event-id'] ?? '');
    const way = isStream ? seen.events : 'pass';
    const { hostname, port } = upstream;
    const onward = http.request({ hostname, port, path: request.url, method: request.method, headers: request.headers }, (answer) => {
      const pass = () => {
        response.writeHead(answer.statusCode, answer.rawHeaders);
        if (way !== 'cut') return answer.pipe(response);
        // The first steps are heard, and then the connection is gone.
        return answer.once('data', (chunk) => response.write(chunk, () => setTimeout(() => response.destroy(), 200)));
      };
      if (way === 'hold') held.add(pass);
      else pass();
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((listening) => front.listen(0, '127.0.0.1', listening));
  return {
    base: `http://127.0.0.1:${front.address().port}`,
    /** The `Last-Event-ID` of each stream that was asked for, in order. */
    streams: seen.streams,
    /** What becomes of streams from now on. */
    let: (way) => (seen.events = way),
    /** Lets go what is held. */
    release() {
      seen.events = 'pass';
      for (const pass of held) pass();
      held.clear();
    },
    /** Is there no more, whoever waits, until it is told to come back. */
    away(away) {
      seen.events = 'pass';
      seen.away = away;
      held.clear();
      if (away) front.closeAllConnections();
    },
    async stop() {
      front.closeAllConnections();
      await new Promise((closed) => front.close(closed));
    },
  };
}
