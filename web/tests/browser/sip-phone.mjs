// A phone's side of SIP, as far as being told to call home goes: takes NOTIFYs over UDP and answers as it is set to.
import { createSocket } from 'node:dgram';

const copied = /^(Via|From|Call-ID|CSeq):/i;

function answerTo(notify, status) {
  const lines = notify.split('\r\n');
  const to = lines.find(line => /^To:/i.test(line));
  return [`SIP/2.0 ${status}`, ...lines.filter(line => copied.test(line)), `${to};tag=phone`, 'Content-Length: 0', '', ''].join('\r\n');
}

export class SipPhone {
  status = '200 OK'; // null: it is silent
  events = []; // that it was told

  static async open() {
    const phone = new SipPhone();
    phone.socket = createSocket('udp4', (data, from) => phone.take(data.toString(), from));
    await new Promise(resolve => phone.socket.bind(0, '127.0.0.1', resolve));
    phone.uri = `sip:127.0.0.1:${phone.socket.address().port}`;
    return phone;
  }

  take(message, from) {
    if (!message.startsWith('NOTIFY ')) return;
    this.events.push(/^Event: *(.*)$/im.exec(message)?.[1]);
    if (this.status) this.socket.send(answerTo(message, this.status), from.port, from.address);
  }

  close() {
    this.socket.close();
  }
}
