#!/usr/bin/env python3
"""A well-behaved HTTP/1.1 peer on 127.0.0.1 that keeps connections, speaks TLS when told to, and knows a few tricks at the
right moment.  scripted_peer.py [--tls certificate key] [--newest 1.1] [--clients authority] [--port n]; prints its port; ends
when killed or after 10 minutes. With --clients, a client needs a certificate of that authority. Every request is logged to stderr as one JSON line: number of the connection, request line, head, body.

/echo         200 with the request, head and body, as it came
/kept         200 with the number of the connection
/die          reads the request, closes the connection without an answer
/poison       200, and a second response nobody asked for in the same packet
/poison_late  200; the second response follows when somebody asks for /release, whose answer comes after it was sent
/foreign      200 with the same word in a field in UTF-8 and in one in ISO 8859-1
/trailers     200, chunked, with a trailer field that repeats Content-Type
/upgrade      101
/length       200 to HEAD with the Content-Length of a large body
/coded        200 with a short body in gzip; ?coding=… names another coding, ?status=… is another status, ?chunked without
              a length, ?twice in two gzip codings, ?cut without the end, ?plain not coded at all
/stuffed      200, chunked: a gzip header without an end
/bodiless     says gzip and has no body; ?status=… is another status, ?length of length 0, ?chunked without a chunk
/early        103 that says gzip, then 200 that does not
/trailing     200, chunked, with 8 MiB of trailers; ?one in one line
/hold         no answer; logs "closed /hold" when the client has closed
/client       200 with the subject of the client's certificate
CONNECT       403, as a proxy that says no
"""
import argparse, gzip, json, os, socket, ssl, sys, threading, urllib.parse

arguments = argparse.ArgumentParser()
arguments.add_argument('--tls', nargs=2)
arguments.add_argument('--newest')
arguments.add_argument('--clients')
arguments.add_argument('--port', type=int, default=0)
options = arguments.parse_args()
log_lock, count_lock = threading.Lock(), threading.Lock()
connections = 0
release, released = threading.Event(), threading.Event()


def answer(body, status='200 OK', extra=''):
    return f'HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n{extra}\r\n'.encode() + body


def read_request(stream):
    head = b''
    while not head.endswith(b'\r\n\r\n'):
        line = stream.readline(65536)
        if not line:
            return None
        head += line
    length = 0
    for line in head.split(b'\r\n')[1:]:
        if line.lower().startswith(b'content-length:'):
            length = int(line.split(b':')[1])
    return head, stream.read(length) if length else b''


def coded(query):
    body = b'{"coded":true}'
    if 'plain' not in query:
        body = gzip.compress(body)
    if 'twice' in query:
        body = gzip.compress(body)
    if 'cut' in query:
        body = body[:-14]
    coding = query.get('coding', ['gzip'])[0]
    status = query.get('status', ['200 OK'])[0]
    head = f'HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Encoding: {coding}\r\n'
    if 'chunked' in query:
        return f'{head}Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n'.encode() + body + b'\r\n0\r\n\r\n'
    return f'{head}Content-Length: {len(body)}\r\n\r\n'.encode() + body


def stuff(send):
    send(b'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n')
    # FNAME: the name of the file goes on until a NUL.
    send(b'a\r\n\x1f\x8b\x08\x08\0\0\0\0\0\x03\r\n')
    for _ in range(1024):
        send(b'10000\r\n' + b'x' * 65536 + b'\r\n')


def log(entry):
    with log_lock:
        print(json.dumps(entry), file=sys.stderr, flush=True)


def bodiless(query):
    head = f'HTTP/1.1 {query.get("status", ["200 OK"])[0]}\r\nContent-Encoding: gzip\r\n'
    if 'length' in query:
        head += 'Content-Length: 0\r\n'
    if 'chunked' in query:
        return f'{head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n'.encode()
    return f'{head}\r\n'.encode()


def trail(send, query):
    send(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nright\r\n0\r\nX: ')
    for _ in range(1024):
        send((b'x' * 8192) if 'one' in query else (b'x' * 62 + b'\r\nX: ') * 122)
    send(b'\r\n\r\n')


def hold(connection):
    try:
        while connection.recv(1):
            pass
    except OSError:
        pass
    log({'line': 'closed /hold'})


def respond(path, request, number, connection):
    send = connection.sendall
    target = request[0].split(b' ')[1].decode('latin1')
    query = urllib.parse.parse_qs(urllib.parse.urlparse(target).query, keep_blank_values=True)
    if path == '/echo':
        send(answer(request[0] + request[1]))
    elif path == '/coded':
        send(coded(query))
    elif path == '/stuffed':
        stuff(send)
    elif path == '/bodiless':
        send(bodiless(query))
        return False
    elif path == '/early':
        send(b'HTTP/1.1 103 Early Hints\r\nContent-Encoding: gzip\r\n\r\n' + answer(b'plain'))
    elif path == '/trailing':
        trail(send, query)
        return False
    elif path == '/hold':
        hold(connection)
        return False
    elif path == '/client':
        send(answer(json.dumps(connection.getpeercert()['subject']).encode()))
    elif path == '/kept':
        send(answer(str(number).encode()))
    elif path == '/die':
        return False
    elif path == '/poison':
        send(answer(b'right') + answer(b'stolen'))
    elif path == '/poison_late':
        send(answer(b'right'))
        release.wait(60)
        send(answer(b'stolen'))
        released.set()
    elif path == '/release':
        release.set()
        released.wait(60)
        send(answer(b'released'))
    elif path == '/foreign':
        send(b'HTTP/1.1 200 OK\r\nX-UTF-8: h\xc3\xa9\r\nX-ISO-8859-1: h\xe9\r\nContent-Length: 0\r\n\r\n')
    elif path == '/trailers':
        send(b'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nTrailer: Content-Type\r\n\r\n'
             b'5\r\nright\r\n0\r\nContent-Type: text/html\r\n\r\n')
    elif path == '/upgrade':
        send(b'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tls\r\n\r\n')
    elif path == '/length':
        send(b'HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n')
    else:
        send(answer(b'', '403 Forbidden'))
    return True


def serve(connection, context):
    global connections
    with count_lock:
        connections += 1
        number = connections
    try:
        if context:
            connection = context.wrap_socket(connection, server_side=True)
        stream = connection.makefile('rb')
        while request := read_request(stream):
            head = request[0].decode('latin1')
            entry = {'connection': number, 'line': head.split('\r\n')[0], 'head': head, 'body': request[1].decode('latin1')}
            log(entry)
            if not respond(head.split(' ')[1].split('?')[0], request, number, connection):
                break
        stream.close()
    except (OSError, ssl.SSLError):
        pass
    finally:
        connection.close()


def tls_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*options.tls)
    if options.clients:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(options.clients)
    if options.newest == '1.1':
        context.set_ciphers('ALL:@SECLEVEL=0')
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    return context


threading.Timer(600, os._exit, [0]).start()
context = tls_context() if options.tls else None
listener = socket.create_server(('127.0.0.1', options.port), backlog=512)
print(listener.getsockname()[1], flush=True)
while True:
    accepted, _ = listener.accept()
    threading.Thread(target=serve, args=(accepted, context), daemon=True).start()
