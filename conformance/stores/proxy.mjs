// A wire that can be cut: passes connections on to a server on the loopback interface until it is told not to.
import { connect, createServer } from 'node:net';
import { atEnd } from '../support.mjs';

/** Starts one in front of a port. */
export function startWire(port) {
  const open = new Set();
  const pass = (socket) => {
    const other = connect(port, '127.0.0.1');
    for (const end of [socket, other]) {
      open.add(end);
      end
        .on('error', () => {})
        .on('close', () => {
          open.delete(end);
          socket.destroy();
          other.destroy();
        });
    }
    socket.pipe(other).pipe(socket);
  };
  let server;
  const join = (at = 0) =>
    new Promise((done, fail) => {
      server = createServer(pass)
        .once('error', fail)
        .listen(at, '127.0.0.1', () => done(server.address().port));
    });
  const cut = () => {
    const closed = new Promise((done) => server.close(done));
    for (const end of open) end.destroy();
    return closed;
  };
  atEnd(() => server?.listening && cut());
  return join().then((own) => ({ port: own, cut, mend: () => join(own) }));
}
