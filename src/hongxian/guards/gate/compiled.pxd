# Types of the gate's layers, for the compiler alone; hatch_build.py puts it to use. A class that
# stands here becomes a structure of C; all others stay as they are. Bounds are checked everywhere
# but behind pointers, whose functions say why they stay inside.
cimport cython

ctypedef const unsigned char* Raw

# signals
@cython.no_gc
cdef class Distinct:
    cdef public set _exact
    cdef public object _sketch
    cpdef bint add(self, object value) except -1
    cpdef merge(self, Distinct other)

cdef class Keyed:
    cdef public bytearray _room
    cdef unsigned long long[::1] _words, _vector, _state
    @cython.locals(raw=Raw, room=cython.p_uchar, at=Py_ssize_t, size=Py_ssize_t)
    cpdef object text(self, bytes data)
    @cython.locals(raw=Raw, room=cython.p_uchar, at=Py_ssize_t, size=Py_ssize_t, first=Py_ssize_t)
    cpdef object number(self, bytes words, unsigned long long number)
    @cython.locals(room=cython.p_uchar, at=Py_ssize_t)
    cpdef object _filled(self, Py_ssize_t size)
    @cython.locals(words=cython.ulonglong[::1], vector=cython.ulonglong[::1], state=cython.ulonglong[::1], order=Raw, full=cython.ulonglong, at=Py_ssize_t, first=cython.ulonglong, v0=cython.ulonglong, v1=cython.ulonglong, v2=cython.ulonglong, v3=cython.ulonglong, v4=cython.ulonglong, v5=cython.ulonglong, v6=cython.ulonglong, v7=cython.ulonglong, v8=cython.ulonglong, v9=cython.ulonglong, v10=cython.ulonglong, v11=cython.ulonglong, v12=cython.ulonglong, v13=cython.ulonglong, v14=cython.ulonglong, v15=cython.ulonglong)
    cpdef unsigned long long blend(self, unsigned long long count, unsigned long long last) except? 1
@cython.locals(half=cython.ulonglong, low=cython.ulonglong, high=cython.ulonglong)
cpdef unsigned long long turned(unsigned long long word) except? 1

cdef class Keys:
    cdef public object _hash, _segments
    cdef public long long _first
    cdef public bint _quick
    cdef public dict _words
    cdef public Keyed _keyed
    @cython.locals(data=bytes)
    cpdef object text(self, str text)
    @cython.locals(plain=cython.longlong)
    cpdef object of(self, str info, str value)
    @cython.locals(words=tuple, keyed=Keyed)
    cpdef object _numbered(self, str info, long long number, object region)
    cpdef tuple _number(self, str info, str value)
    @cython.locals(place=cython.longlong)
    cpdef object _region(self, long long segment)

@cython.locals(one=cython.Py_UCS4, digit=int, number=cython.longlong)
cpdef long long digits(str text) except? -2

@cython.no_gc
cdef class Pane:
    cdef public double start
    cdef public Distinct numbers, cells, members
    cdef public dict regions
    cdef public long long located, requests, asked, hits, records, canaries, pairs, alike, hours
    cdef public object client
    @cython.locals(before=cython.longlong)
    cpdef bint add(self, object key) except -1
    cpdef merge(self, Pane other)

@cython.no_gc
cdef class Track:
    cdef public object window, panes
    cdef public Pane whole, newest
    cdef public double until
    @cython.locals(width=cython.double, start=cython.double, oldest=cython.double)
    cpdef at(self, double moment)
    @cython.locals(newest=Pane)
    cpdef bint add(self, object key) except -1
    cpdef tuple both(self)
    cpdef client(self, object client)
    @cython.locals(pane=Pane)
    cpdef told(self, long long asked, object hits, long long records)
    @cython.locals(pane=Pane)
    cpdef pair(self, long long pairs, long long alike)
    @cython.locals(pane=Pane)
    cpdef _sum(self)

@cython.no_gc
cdef class Block:
    cdef public object numbers
    cdef public long long asked
    cdef public set members

cdef class Blocks:
    cdef public object _blocks
    cdef public long long _most, _numbers
    cdef public double _day
    @cython.locals(block=Block)
    cpdef object add(self, object key, object member, double at)
    cpdef bint _shared(self, Block block) except -1

# takers
cdef class PiTaker:
    cdef public str kind, tag
    cdef public long long requests, records
    cdef public dict given, hours, endpoints
    cdef public double first, last

cdef class Takers:
    cdef public bytes salt
    cdef public dict _tags, _takers, _near, hours
    cdef public long long forgotten
    @cython.locals(taker=PiTaker, here=dict)
    cpdef gave(self, tuple who, double at, str endpoint, object given, long long records)
    cpdef str tag(self, str kind, str who)
    cpdef PiTaker _of(self, tuple who, double at)

# core
@cython.no_gc
cdef class Principal:
    cdef public str kind
    cdef public object who
    cdef public bint alone

@cython.no_gc
@cython.freelist(64)
cdef class Asked:
    cdef public str endpoint, info
    cdef public double at
    cdef public list keys
    cdef public long long canaries
    cdef public tuple pairs
    cdef public bint leaning
    cdef public list counted
    @cython.locals(newest=Pane, whole=Pane)
    cpdef count(self, Track track)

@cython.locals(track=Track)
cpdef list enumeration(Principal one, tuple tracks, Asked asked, object policy, object limit)
@cython.locals(block=Block)
cpdef list shared(Blocks blocks, Principal one, Asked asked, object policy)
@cython.locals(whole=Pane)
cpdef object _taking(Track track, Principal one, Asked asked, object policy)
cpdef object _walk(Track track, Principal one, Asked asked, object policy)

@cython.no_gc
@cython.freelist(64)
cdef class Question:
    cdef public double at
    cdef public str endpoint
    cdef public list who, groups, asked

cdef class State:
    cdef public object _most, _tracks, _blocks
    cdef public tuple _windows
    @cython.locals(track=Track, found=tuple)
    cpdef tuple tracks(self, tuple place, double at)
    cpdef Blocks blocks(self, str endpoint)

cdef class Gate:
    cdef public object policy, secret, _canaries
    cdef public Keys keys
    cdef public State state
    cdef public dict _whos, _heard
    @cython.locals(asked=Asked)
    cpdef list count(self, Question question)
    @cython.locals(asked=Asked)
    cpdef take(self, Question question)
    @cython.locals(asked=Asked, one=Principal, track=Track)
    cpdef tell(self, Question question, object records, object hits)
    @cython.locals(asked=Asked)
    cpdef Question asks(self, double at, str endpoint, object principals, list infos, object keys)
    @cython.locals(question=Question, known=tuple, made=list)
    cpdef list heard(self, double at, str endpoint, tuple kinds, tuple names, object infos, object keys, object records, object hits)
    cpdef list principals(self, object principals)
    cpdef object _who(self, str kind, str name)
    cdef public frozenset _many
    @cython.locals(one=Principal, person=Principal, own=tuple, track=Track)
    cpdef _count(self, Asked asked, Question question, list findings)
    cpdef tuple _tracks(self, Principal one, Asked asked)
    @cython.locals(group=Principal, track=Track)
    cpdef _count_groups(self, Asked asked, list groups, Principal person, object findings)

# exchange
@cython.locals(part=int)
cpdef tuple asked_for(list hits, object ids, str path)
cpdef str _where(int part, str value, str path)
@cython.locals(people=list, repeated=Py_ssize_t)
cpdef object known(object status, bytes response, list asked, dict given)
@cython.locals(asked=Asked, made=list, by_info=dict)
cpdef list asked_by(double at, str endpoint, object infos, object keys)

@cython.no_gc
@cython.freelist(64)
cdef class FieldLines:
    cdef public bytes lines, kind, coding
    cdef public Py_ssize_t count, hosts, host, host_end
    cdef public long long length
    cdef public bint closes, keeps, odd
    cdef public list changed
    @cython.locals(raw=Raw, wanted=Raw, size=Py_ssize_t, much=Py_ssize_t, at=Py_ssize_t, start=Py_ssize_t, same=Py_ssize_t)
    cpdef list values(self, bytes name)
    @cython.locals(start=Py_ssize_t, end=Py_ssize_t)
    cpdef host_first(self)
    @cython.locals(raw=Raw, size=Py_ssize_t, at=Py_ssize_t, place=Py_ssize_t, stop=Py_ssize_t, kept=bytes)
    cpdef bytes unchanged(self)

@cython.no_gc
@cython.freelist(64)
cdef class Request:
    cdef public str method, target, peer
    cdef public object headers
    cdef public bytes body
    cdef public object secure
    cdef public double at

@cython.no_gc
@cython.freelist(64)
cdef class Answer:
    cdef public int status
    cdef public object headers
    cdef public bytes body

@cython.locals(raw=Raw, marks=Raw, at=Py_ssize_t, size=Py_ssize_t)
cpdef bint holds(bytes data, bytes marked) except -1
@cython.locals(fields=FieldLines)
cpdef list values(object headers, bytes name)
@cython.locals(every=list, fields=FieldLines)
cpdef bytes value(object headers, bytes name)
@cython.locals(fields=FieldLines)
cpdef bytes kind_of(object headers)
@cython.locals(fields=FieldLines)
cpdef bytes coding_of(object headers)

cdef class Callers:
    cdef public list _sources, _trusted
    cdef public object _once
    cpdef dict of(self, object headers, str peer)
    cpdef str address(self, object headers, str peer)
    @cython.locals(told=list)
    cpdef str who(self, object place, object headers)
    cpdef bint trusts(self, str peer) except -1

@cython.no_gc
cdef class Ends:
    cdef public Py_ssize_t left, right, least

cdef class Covers:
    cdef public str audience
    cdef public object _policy
    cdef public dict _made
    cpdef object of(self, str info, str audience=*)

cdef class ExchangeSettings:
    cdef public Callers callers
    cdef public Covers covers
    cdef public long long most_request, most_answer
    cdef public object audience_from, audiences, fields
    cpdef str audience(self, object headers)

cdef class Found:
    cdef long long[::1] marks
    cdef public list infos
    cdef public Py_ssize_t size
    @cython.locals(at=Py_ssize_t)
    cpdef tuple at(self, Py_ssize_t place)
    @cython.locals(raw=Raw, marks=cython.longlong[::1], known=cython.longlong, at=Py_ssize_t, fields=Py_ssize_t, values=set, _=Py_ssize_t)
    cpdef dict given(self, bytes text)

@cython.locals(
    raw=Raw, out=cython.p_uchar, size=Py_ssize_t, at=Py_ssize_t, start=Py_ssize_t,
    end=Py_ssize_t, left=Py_ssize_t, right=Py_ssize_t, place=Py_ssize_t, first=Py_ssize_t,
    after=Py_ssize_t, least=Py_ssize_t, c=cython.uchar, ends=Ends, row=Py_ssize_t, _=Py_ssize_t,
    marks=cython.longlong[::1], known=cython.longlong, fields=Py_ssize_t)
cpdef object starred(bytes data, Found found, dict covers)
cpdef bytes masked_json(bytes data, Found found, dict covers)

cdef class Finder:
    cdef public object _kernel
    cdef long long[::1] _out
    cdef public Found _told
    cdef public list _infos
    @cython.locals(at=Py_ssize_t)
    cpdef Found find(self, bytes data)
    @cython.locals(out=cython.longlong[::1], infos=list, info=str, place=Py_ssize_t, kept=Py_ssize_t, fields=Py_ssize_t, at=Py_ssize_t, step=Py_ssize_t, _=Py_ssize_t)
    cpdef Py_ssize_t _kept(self, Py_ssize_t hits) except -1

@cython.no_gc
cdef class Cover:
    cdef public str endpoint
    cdef public object rule
    cdef public bint named, closed
    cdef public frozenset masked

@cython.no_gc
@cython.freelist(64)
cdef class Ruling:
    cdef public Cover cover
    cdef public object secure, decision, body
    cdef public Question question
    cdef public double at
    cdef public dict principals
    cdef public tuple identifiers
    cdef public str action, reason, audience
    cdef public list hits
    cdef public bytes packed
    cdef public long long masked
    cdef public bint whole, told

@cython.no_gc
cdef class KnownPath:
    cdef public Cover cover
    cdef public str path
    cdef public tuple ids
    cdef public bint telling

cdef class Judge:
    cdef public ExchangeSettings settings
    cdef public object tell, _templates
    cdef public Gate gate
    cdef public Finder _finder
    cdef public dict _covers, _places, _kinds, _exposed
    cpdef KnownPath _place(self, str method, str path)
    @cython.locals(place=KnownPath, ruling=Ruling, callers=Callers)
    cpdef Ruling question(self, Request request)
    @cython.locals(found=Found, place=Py_ssize_t)
    cpdef _hits(self, int part, bytes data, list hits)
    cpdef _asks(self, Ruling ruling, KnownPath place)
    cpdef Ruling decide(self, Ruling ruling, list findings)
    cpdef Ruling answer(self, Ruling ruling, Answer answer)
    @cython.locals(text=bytes, lines=cython.bint, alone=cython.bint, plain=cython.bint)
    cpdef _answered(self, Ruling ruling, Answer answer)
    @cython.locals(found=Found, escapes=cython.bint, given=dict)
    cpdef _json(self, Ruling ruling, int status, bytes text, bint alone)
    cpdef _given(self, Ruling ruling, dict given, bytes text, int status)
    cpdef dict _to_cover(self, Ruling ruling, dict given)
    @cython.locals(records=cython.longlong, values=set)
    cpdef _told(self, Ruling ruling, dict given, bytes text, int status)
    cpdef bytes _request_text(self, Request request)
    cpdef _decided(self, Ruling ruling, object decision)
    cpdef _expose(self, Ruling ruling, dict given, int status)
    cpdef bint reads(self, object headers) except -1

@cython.locals(raw=Raw, size=Py_ssize_t)
cpdef bint is_utf8(bytes text, bint told) except -1
cpdef bint is_json(bytes kind, bytes text) except -1
@cython.locals(known=dict)
cpdef tuple spoken(bytes kind)

# live
@cython.locals(raw=Raw, allowed=Raw, size=Py_ssize_t, space=Py_ssize_t, at=Py_ssize_t, minor=int, target=bytes)
cpdef tuple plain_request(bytes data)
@cython.locals(raw=Raw, allowed=Raw, end=Py_ssize_t, at=Py_ssize_t, status=int, fields=FieldLines)
cpdef tuple plain_answer(bytes data)
@cython.locals(raw=Raw, at=Py_ssize_t, size=Py_ssize_t, c=int)
cpdef Py_ssize_t head_end(bytes data) except -2
@cython.locals(raw=Raw, size=Py_ssize_t)
cpdef bint _ends(bytes data) except -1
@cython.locals(raw=Raw, names=Raw, values=Raw, quick=Raw, out=cython.p_uchar, size=Py_ssize_t, to=Py_ssize_t, line=Py_ssize_t, end=Py_ssize_t, start=Py_ssize_t, made=FieldLines)
cpdef FieldLines plain_fields(bytes data, Py_ssize_t at)
@cython.locals(out=cython.p_uchar, special=dict, bits=int, value=bytes)
cpdef Py_ssize_t _special(FieldLines made, Py_ssize_t line, Py_ssize_t end, Py_ssize_t to) except -2
@cython.locals(out=cython.p_uchar, number=cython.longlong)
cpdef long long _sized(Py_ssize_t at, Py_ssize_t end) except -2
cpdef bint _noted(FieldLines made, int bits, bytes value, Py_ssize_t line, Py_ssize_t to) except -1

@cython.no_gc
@cython.freelist(64)
cdef class RequestHead:
    cdef public str method, target
    cdef public object headers
    cdef public long long length
    cdef public bint keep, newer, upgrade, expects

cdef class RequestReader:
    cdef public object _most
    cdef public list _headers
    cpdef RequestHead read(self, bytes data)
    @cython.locals(fields=FieldLines, raw=Raw, told=tuple, newer=cython.bint, keep=cython.bint, length=cython.longlong)
    cpdef RequestHead plain(self, bytes data)
    cpdef RequestHead framed(self, bytes data)

@cython.locals(name=bytes, value=bytes)
cpdef _frame(RequestHead head)
cpdef _origin(RequestHead head, list hosts)
cpdef bytes request_bytes(RequestHead head, object headers, long long length)
cpdef bytes answer_head(int status, bytes reason, object headers, bytes extra)
@cython.locals(known=object)
cpdef bytes length_line(long long length)
cpdef bytes _status_line(int status, bytes reason)
@cython.locals(fields=FieldLines)
cpdef append_fields(list parts, object headers)
cpdef bint _is_host(bytes host) except -1

cdef class Metrics:
    cdef public object _memory, _all, _workers
    cdef unsigned long long[::1] _own
    cdef public object _decision
    cdef public list _decided
    cpdef add(self, str name, long long more=*)
    cpdef status(self, int status)
    @cython.locals(place=Py_ssize_t, micros=cython.longlong, ends=tuple)
    cpdef took(self, double seconds)
    cpdef decided(self, object decision)
@cython.locals(known=dict, kind=bytes)
cpdef bint in_pieces(object headers) except -1

cdef class Upstream
cdef class Pool
cdef class Answering
cdef class Flow(Answering)
cdef class Client
cdef class Worker

cdef class Upstream:
    cdef public Pool pool
    cdef public object transport, tunnel, _parser
    cdef public Flow taker
    cdef public long long used, _left
    cdef public double idle_since
    cdef public bint began, counted, held, _final, _open_end, _keep, _whole
    cdef public list _headers
    cdef public bytes _reason
    cpdef expect(self, Flow taker)
    @cython.locals(taker=Flow, raw=Raw, size=Py_ssize_t, end=Py_ssize_t, told=tuple, fields=FieldLines, length=Py_ssize_t)
    cpdef bint _plain(self, bytes data) except -1
    @cython.locals(taker=Flow)
    cpdef _plain_body(self, bytes data)
    @cython.locals(taker=Flow)
    cpdef _finish(self)

cdef class Pool:
    cdef public object reach, _idle, _waiting, _tasks
    cdef public long long _most, _next, open
    cdef public double _keep
    cdef public bint _closed
    cpdef take(self, Flow taker, bint fresh=*)
    cpdef give_back(self, Upstream link)
    cpdef leave(self, object taker)

@cython.locals(listed=list, kept=list, pair=tuple, name=bytes)
cpdef list _kept(list headers)

@cython.locals(fields=FieldLines)
cpdef object unchanged(object headers)

cdef class Answering:
    cdef public Upstream _link
    cdef public object _lines, _answer
    cdef public long long _answer_size
    cdef public bint _began, _client_chunks, _complete, _keep, _sent, done
    cdef public object _headers
    cdef public int _mode, _status
    cdef public bytes _reason
    cdef public str log_reason, method
    cdef public Client client
    cdef public RequestHead head
    cdef public Judge judge
    cdef public Ruling ruling
    cdef public double since, started
    cdef public Worker worker
    cpdef answer_began(self, int status, bytes reason, object headers, object length)
    cpdef answer_goes_on(self, bytes data)
    cpdef answer_ended(self)
    cpdef _judge_answer(self, bytes body)
    cpdef _judged(self, bytes body)
    cpdef _allowed(self, str before)
    cpdef _respond(self, bytes body)
    cpdef _stream(self, object length, object lines)
    cpdef bytes _answer_head(self, object headers, bytes framing)
    cpdef bint _keeps(self) except -1
    cpdef finish(self, bint broken=*)

cdef class Flow(Answering):
    cdef public bytes _body
    cdef public bint _chunked, _fresh, _once
    cdef public list _pieces
    cdef public long long _size
    cpdef begin(self)
    cpdef body(self, bytes data, bint last)
    @cython.locals(request=Request)
    cpdef _ask(self, bint whole=*)
    cpdef _ruled(self)
    cpdef _send(self)
    cpdef connected(self, Upstream link)

cdef class Client:
    cdef public Worker worker
    cdef public object transport, tunnel, _chunks
    cdef public Flow flow
    cdef public str peer
    cdef public double deadline, _write_deadline, _allowed
    cdef public bytes _pending
    cdef public long long _left
    cdef public bint secure, _reading, _held, _lingers, _closed, _began, _ended
    cpdef _read(self, bytes data)
    @cython.locals(raw=Raw, size=Py_ssize_t, end=Py_ssize_t, most=Py_ssize_t, blank=Py_ssize_t, head=RequestHead, flow=Flow)
    cpdef bytes _head(self, bytes data)
    cpdef bytes _body(self, Flow flow, bytes data)
    cpdef flow_done(self, bint keep, bint broken)
    cpdef write(self, bytes data)
    cpdef release(self)

cdef class Host:
    cdef public object clock, now, log, shared, settings, limits, refusals, _secret
    cdef public Metrics metrics
    cdef public Gate gate
    cdef public Judge judge
    cpdef decide(self, Ruling ruling, object then)
    cpdef note(self, object done)
    cpdef noted(self, object done, Ruling ruling, int status, str reason, double since)

cdef class ConnectionHost(Host):
    cdef public set clients
    cdef public bint draining
    cdef public object _sweeper

cdef class Worker(ConnectionHost):
    cdef public RequestReader reader
    cdef public Pool pool
    cdef public dict _dressed
    cdef public object _aside
    @cython.locals(fields=FieldLines, dressed=bytes, trusts=cython.bint)
    cpdef bytes forwarded(self, object headers, Client client, bint whole)
