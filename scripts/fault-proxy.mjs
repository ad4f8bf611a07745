// What lies between a client and AWS on a bad day: an HTTP proxy in front of the local AWS that delays calls and makes them fail, as its rules say.
import { Agent, createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** How EC2 and the services that speak JSON, such as SSM, say the same thing: status, code, message. IAM says it with the code of JSON, in XML. */
const ANSWERS = {
  throttle: {
    ec2: [503, 'RequestLimitExceeded', 'Request limit exceeded.'],
    json: [400, 'ThrottlingException', 'Rate exceeded'],
  },
  error: {
    ec2: [500, 'InternalError', 'An internal error has occurred'],
    json: [500, 'InternalServerError', 'An error occurred on the server side.'],
  },
  unavailable: {
    ec2: [503, 'Unavailable', 'The service is unavailable. Please try again shortly.'],
    json: [503, 'ServiceUnavailable', 'The service is unavailable.'],
  },
  deny: {
    ec2: [403, 'UnauthorizedOperation', 'You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/dev is not authorized '
      + 'to perform: ACTION because no identity-based policy allows the ACTION action'],
    json: [400, 'AccessDeniedException', 'User: arn:aws:iam::123456789012:user/dev is not authorized to perform: ACTION '
      + 'because no identity-based policy allows the ACTION action'],
  },
  notEnabled: {
    ec2: [401, 'AuthFailure', 'AWS was not able to validate the provided access credentials'],
    json: [400, 'UnrecognizedClientException', 'The security token included in the request is invalid.'],
  },
  notSubscribed: {
    ec2: [401, 'OptInRequired', 'You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.'],
    json: [403, 'OptInRequired', 'The AWS Access Key Id needs a subscription for the service'],
  },
  expired: {
    ec2: [400, 'RequestExpired', 'Request has expired.'],
    json: [400, 'ExpiredTokenException', 'The security token included in the request is expired'],
  },
};

/** What a rule may say instead of an answer: `cut` ends the connection before the answer, `half` within it. */
export const FAULTS = [...Object.keys(ANSWERS), 'cut', 'half'];

/**
 * Starts the proxy on a free port of 127.0.0.1. A rule is `{ region, service, action, delay, fault, times }`, all optional:
 * it holds for the calls that agree with the first three, delays them by milliseconds, and makes them fail, `times` times or always.
 * The delays of all rules that hold add up; the first fault counts.
 */
export async function startFaultProxy(target, initialRules = []) {
  const agent = new Agent({ keepAlive: true });
  const proxy = { calls: [], mostAtOnce: 0, onCall: undefined, reset, stop };
  let rules = initialRules;
  let left = new Map();
  let atOnce = 0;

  /** Forgets what was, and goes on with these rules. */
  function reset(newRules = []) {
    rules = newRules;
    left = new Map();
    Object.assign(proxy, { calls: [], mostAtOnce: 0, onCall: undefined });
  }

  function holding(call) {
    return rules.filter(rule => ['region', 'service', 'action'].every(key => rule[key] === undefined || rule[key] === call[key]));
  }

  function faultOf(rulesOfCall) {
    const timesLeft = rule => left.get(rule) ?? rule.times ?? Infinity;
    const rule = rulesOfCall.find(each => each.fault && timesLeft(each) > 0);
    if (rule) {
      left.set(rule, timesLeft(rule) - 1);
    }
    return rule?.fault;
  }

  async function answer(incoming, outgoing) {
    const body = await bodyOf(incoming);
    const call = describe(incoming, body);
    const rulesOfCall = holding(call);
    call.fault = faultOf(rulesOfCall);
    proxy.calls.push(call);
    proxy.onCall?.(call);
    // The server waits, not the process.
    await sleep(rulesOfCall.reduce((total, { delay = 0 }) => total + delay, 0), undefined, { ref: false });
    if (call.fault === 'cut') {
      outgoing.destroy();
    } else if (call.fault in ANSWERS) {
      refuse(outgoing, call);
    } else {
      const { status, type, content } = await forward(target, agent, incoming, body);
      outgoing.writeHead(status, { 'content-type': type, 'content-length': content.length });
      if (call.fault === 'half') {
        outgoing.write(content.subarray(0, content.length / 2), () => outgoing.destroy());
      } else {
        outgoing.end(content);
      }
    }
  }

  const server = createServer((incoming, outgoing) => {
    atOnce += 1;
    proxy.mostAtOnce = Math.max(proxy.mostAtOnce, atOnce);
    outgoing.on('close', () => (atOnce -= 1));
    // A client that is gone, as one that was killed, needs no answer.
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));

  return Object.assign(proxy, { url: `http://127.0.0.1:${server.address().port}` });

  function stop() {
    agent.destroy();
    server.closeAllConnections();
    return new Promise(resolve => server.close(resolve));
  }
}

async function bodyOf(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Region and service stand in the signature, the action in the body or in a header. */
function describe(incoming, body) {
  const [, , region, service] = /Credential=([^,]*)/.exec(incoming.headers.authorization)?.[1].split('/') ?? [];
  const action = incoming.headers['x-amz-target']?.split('.').at(-1) ?? new URLSearchParams(body.toString()).get('Action');
  return { region, service, action };
}

function refuse(outgoing, { service, action, fault }) {
  const [status, code, text] = ANSWERS[fault][service === 'ec2' ? 'ec2' : 'json'];
  const message = text.replaceAll('ACTION', `${service}:${action}`);
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  const [type, content] = {
    ec2: ['text/xml', `<Response><Errors>${error}</Errors><RequestID>fault</RequestID></Response>`],
    iam: ['text/xml', `<ErrorResponse>${error}<RequestId>fault</RequestId></ErrorResponse>`],
  }[service] ?? ['application/x-amz-json-1.1', JSON.stringify({ __type: code, message })];
  outgoing.writeHead(status, { 'content-type': type }).end(content);
}

async function forward(target, agent, { method, url, headers }, body) {
  const incoming = await new Promise((resolve, reject) => {
    request(new URL(url, target), { method, headers, agent }, resolve).on('error', reject).end(body);
  });
  return { status: incoming.statusCode, type: incoming.headers['content-type'], content: await bodyOf(incoming) };
}
