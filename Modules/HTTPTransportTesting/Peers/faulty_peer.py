#!/usr/bin/env python3
"""A misbehaving HTTP/1.1 peer on 127.0.0.1 for client tests.  faulty_peer.py [port]; prints the port, ends by itself after MAX_S (default 600 s).
GET or POST /<mode>[?...] ; log lines (method, path, headers, body) go to stderr so a test can look for leaked secrets. Bounded: no mode sends over 64 MiB."""
import asyncio,sys,json,os,gzip,time,struct,socket,base64
OK=json.dumps({'access_token':'at','token_type':'Bearer','expires_in':60}).encode()
def resp(body=OK,ct='application/json',status='200 OK',extra=b'',cl=True):
    return (f'HTTP/1.1 {status}\r\nContent-Type: {ct}\r\n'+(f'Content-Length: {len(body)}\r\n' if cl else '')).encode()+extra+b'\r\n'+body
async def handle(r,w):
    try:
        head=await asyncio.wait_for(r.readuntil(b'\r\n\r\n'),30)
        line=head.split(b'\r\n')[0].decode('latin1'); path=line.split(' ')[1].split('?')[0].strip('/'); n=0
        for h in head.split(b'\r\n')[1:]:
            if h.lower().startswith(b'content-length:'): n=int(h.split(b':')[1])
        body=await asyncio.wait_for(r.readexactly(n),30) if n and path!='no_read' else b''
        print(json.dumps({'t':time.time(),'line':line,'head':head.decode('latin1'),'body':body.decode('latin1')}),file=sys.stderr,flush=True)
        W=w.write; p=w.get_extra_info('sockname')[1]; S=asyncio.sleep
        async def drip(b,d):
            for i in range(len(b)): W(b[i:i+1]); await w.drain(); await S(d)
        m=path
        if m=='ok': W(resp())
        elif m=='silent': await S(120)                                   # accepts, never answers
        elif m=='close': pass                                            # closes without a byte
        elif m=='reset': w.get_extra_info('socket').setsockopt(socket.SOL_SOCKET,socket.SO_LINGER,struct.pack('ii',1,0))
        elif m=='reset_midbody': W(resp(OK*10)[:120]); await w.drain(); w.get_extra_info('socket').setsockopt(socket.SOL_SOCKET,socket.SO_LINGER,struct.pack('ii',1,0))
        elif m=='slow_headers': await drip(resp(),0.5)
        elif m=='slow_body': x=resp(); i=x.index(b'\r\n\r\n')+4; W(x[:i]); await drip(x[i:],1.0)
        elif m=='endless_headers':
            W(b'HTTP/1.1 200 OK\r\n')
            for i in range(500_000): W(b'X-%d: %s\r\n'%(i,b'a'*64)); await w.drain()
        elif m=='huge_header': W(b'HTTP/1.1 200 OK\r\nX: '+b'a'*8_000_000+b'\r\n'+resp()[17:])
        elif m=='endless_chunked':
            W(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n')
            for i in range(1024): W(b'10000\r\n'+b' '*65536+b'\r\n'); await w.drain()
        elif m=='endless_eof':
            W(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n')
            for i in range(1024): W(b'['*65536); await w.drain()
        elif m=='big_length': W(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999999\r\n\r\n{'); await w.drain(); await S(60)
        elif m=='bad_length': W(resp(extra=b'Content-Length: -5\r\n',cl=False))
        elif m=='two_lengths': W(resp(extra=b'Content-Length: 3\r\n'))
        elif m=='short_body': W(resp()[:-10])
        elif m=='bad_chunk': W(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n')
        elif m=='te_and_cl': W(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n2\r\n{}\r\n0\r\n\r\n')
        elif m=='gzip_bomb': b=gzip.compress(b' '*200_000_000,9); W(resp(b,extra=b'Content-Encoding: gzip\r\n'))
        elif m=='gzip_broken': W(resp(b'\x1f\x8b\x08garbage',extra=b'Content-Encoding: gzip\r\n'))
        elif m=='garbage': W(os.urandom(4096))
        elif m=='http09': W(OK)
        elif m=='ssh': W(b'SSH-2.0-OpenSSH_9.2\r\n')
        elif m=='html': W(resp(b'<html><body>Sign in</body></html>','text/html'))
        elif m=='html_as_json': W(resp(b'<html>',))
        elif m=='json_as_text': W(resp(OK,'text/plain'))
        elif m=='no_type': W(b'HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n'%len(OK)+OK)
        elif m=='type_params': W(resp(OK,'Application/JSON; charset=utf-8'))
        elif m=='utf16': W(resp(OK.decode().encode('utf-16'),'application/json; charset=utf-16'))
        elif m=='bom': W(resp(b'\xef\xbb\xbf'+OK))
        elif m=='array': W(resp(b'['+OK+b']'))
        elif m=='dup': W(resp(OK[:-1]+b',"access_token":"evil"}'))
        elif m=='empty': W(resp(b''))
        elif m=='null': W(resp(b'null'))
        elif m=='deep': W(resp(b'['*200_000+b']'*200_000))
        elif m=='error200': W(resp(b'{"error":"invalid_grant"}'))
        elif m=='error_html': W(resp(b'<h1>Bad Gateway</h1>','text/html','502 Bad Gateway'))
        elif m=='error_json': W(resp(json.dumps({'error':'invalid_grant','error_description':'<script>alert(1)</script>\r\nX: y'}).encode(),status='400 Bad Request'))
        elif m=='error_types': W(resp(b'{"error":5,"error_description":["x"]}',status='400 Bad Request'))
        elif m=='echo_secret': W(resp(json.dumps({'error':'invalid_client','error_description':body.decode('latin1')+head.decode('latin1')}).encode(),status='401 Unauthorized'))
        elif m in('r301','r302','r303','r307','r308'): W(resp(b'',status=m[1:]+' Moved',extra=f'Location: http://localhost:{p}/landed\r\n'.encode()))   # another origin: name against 127.0.0.1
        elif m=='r_self': W(resp(b'',status='302 Found',extra=b'Location: /r_self\r\n'))
        elif m=='r_protorel': W(resp(b'',status='307 T',extra=f'Location: //localhost:{p}/landed\r\n'.encode()))
        elif m=='r_file': W(resp(b'',status='302 Found',extra=b'Location: file:///etc/passwd\r\n'))
        elif m=='s429': W(resp(b'',status='429 Too Many Requests',extra=b'Retry-After: 1\r\n'))
        elif m=='s429_huge': W(resp(b'',status='429 Too Many Requests',extra=b'Retry-After: 99999999999999999999\r\n'))
        elif m=='s429_neg': W(resp(b'',status='429 Too Many Requests',extra=b'Retry-After: -1\r\n'))
        elif m=='s503_date': W(resp(b'',status='503 Unavailable',extra=b'Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n'))
        elif m=='s503': W(resp(b'',status='503 Unavailable'))
        elif m=='s401': W(resp(b'',status='401 Unauthorized',extra=b'WWW-Authenticate: Bearer error="invalid_token"\r\n'))
        elif m=='s401_nonce': W(resp(b'{"error":"use_dpop_nonce"}',status='401 Unauthorized',extra=b'DPoP-Nonce: n%d\r\nWWW-Authenticate: DPoP error="use_dpop_nonce"\r\n'%time.time_ns()))  # new nonce each time: loop trap
        elif m=='s100': W(b'HTTP/1.1 100 Continue\r\n\r\n'*1000+resp())
        elif m=='s103': W(b'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'+resp())
        elif m=='s204': W(b'HTTP/1.1 204 No Content\r\n\r\n')
        elif m=='crlf_header': W(b'HTTP/1.1 200 OK\r\nX: a\rb\r\n'+resp()[17:])
        elif m=='pipelined_extra': W(resp()+resp(b'{"access_token":"stolen"}'))   # response queue poisoning on keep-alive
        elif m=='late_body': x=resp(); W(x[:-5]); await w.drain(); await S(3); W(x[-5:])
        elif m=='no_read': await S(60)
        else: W(resp(b'{}',status='404 Not Found'))
        await w.drain()
    except Exception as e: print(json.dumps({'exc':repr(e)[:120]}),file=sys.stderr,flush=True)
    finally:
        try: w.close()
        except Exception: pass
async def main():
    s=await asyncio.start_server(handle,'127.0.0.1',int(sys.argv[1]) if len(sys.argv)>1 else 0,limit=1<<20)
    p=s.sockets[0].getsockname()[1]
    try: s6=await asyncio.start_server(handle,'::1',p,limit=1<<20)   # one port for both: port 0 would give each address its own
    except OSError: pass
    print(p,flush=True)
    try: await asyncio.wait_for(s.serve_forever(),float(os.environ.get('MAX_S','600')))
    except (asyncio.TimeoutError,TimeoutError): pass
asyncio.run(main())
