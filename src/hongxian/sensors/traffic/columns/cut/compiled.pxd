# Types of the cutter, for the compiler alone; hatch_build.py puts it to use.
cimport cython

ctypedef const unsigned char* Raw
ctypedef long long Int

cdef Int after_blanks(Raw raw, Int at, Int end) noexcept
@cython.locals(number=Int, place=Int, byte=cython.int)
cdef Int hexadecimal(Raw raw, Int at, Int end) noexcept
@cython.locals(byte=cython.int)
cdef Int string_end(Raw raw, Int at, Int end) noexcept
@cython.locals(number=Int, byte=cython.int, plain=cython.bint)
cdef Int escape_end(Raw raw, Int at, Int end) noexcept
@cython.locals(first=Int, digits=Int)
cdef Int number_end(Raw raw, Int at, Int end) noexcept
@cython.locals(byte=cython.int)
cdef Int word_end(Raw raw, Int at, Int end) noexcept
@cython.locals(byte=cython.int)
cdef Int value_end(Raw raw, Int at, Int end, Int depth) noexcept
cdef Int list_end(Raw raw, Int at, Int end, Int depth) noexcept
cdef Int object_end(Raw raw, Int at, Int end, Int depth) noexcept
cdef Int name_end(Raw raw, Int at, Int end) noexcept
@cython.locals(number=Int, byte=cython.int)
cdef Int unescaped(Raw raw, Int at, Int end, unsigned char[::1] out, Int to) noexcept
cdef Int written(Int number, unsigned char[::1] out, Int to) noexcept

cdef class Place:
    cdef public str method, name
    cdef public Int page, row, number, requests, sampled, serial
    cdef public double first, last
    cdef public dict statuses, hosts
    cdef public list callers
    cdef public set known
    cpdef begin(self, Int page, Int number, Int row, double at)

cdef class Words:
    cdef public Int count, size
    cdef Int room, slots, seed, most
    cdef object text_made, starts_made, sums_made
    cdef unsigned char[::1] text
    cdef Int[::1] starts, sums, table
    cpdef bint full(self) except -1
    @cython.locals(slot=Int)
    cpdef clear(self)
    @cython.locals(total=Int, place=Int, slot=Int, number=Int)
    cdef Int number(self, Raw raw, Int at, Int end, Int kind) except -1
    @cython.locals(first=Int)
    cpdef bytes word(self, Int number)
    @cython.locals(first=Int, place=Int)
    cdef bint _same(self, Int number, Raw raw, Int at, Int end, Int kind) noexcept
    @cython.locals(number=Int, to=Int, place=Int)
    cdef Int _new(self, Raw raw, Int at, Int end, Int kind) except -1
    cdef Int _make_room(self, Int more) except -1
    @cython.locals(number=Int, slot=Int)
    cdef Int _wider(self) except -1

cdef class Pairs:
    cdef public Int count
    cdef Int slots
    cdef Int[::1] table
    @cython.locals(slot=Int)
    cpdef clear(self)
    @cython.locals(pair=Int, slot=Int)
    cpdef bint add(self, Int one, Int other) except -1
    @cython.locals(place=Int, pair=Int, slot=Int)
    cdef Int _wider(self) except -1

cdef class Cutter:
    cdef bytes blob
    cdef Int[::1] starts, roles, ranks, leads, table, best, lines, keys, moments, callers, whos
    cdef Int[::1] rows, offsets, filled, written, spans, seen
    cdef public object row_store, offset_store
    cdef unsigned char[::1] key, request, response
    cdef object key_made, request_made, response_made
    cdef public Int count, end, most
    cdef Int key_end, room, serial, moments_made
    cdef public Words shapes, names
    cdef public Pairs told
    cdef Int[::1] shape_of, name_of, moment_of, counts
    cdef public list fresh
    cpdef bint begin(self) except -1
    cpdef forget(self)
    @cython.locals(raw=Raw, key=Raw, known=Int, number=Int, kind=Int, at=Int)
    cdef Int _numbered(self, bytes data, Int count, Int key_end) except -1
    @cython.locals(first=Int, before=Int, size=Int, place=Int)
    cdef bint _same_moment(self, Raw raw, Int count) noexcept
    @cython.locals(size=Int, at=Int, end=Int, part=Int)
    cpdef Int cut(self, bytes data, Int start, Int longest, Int most) except -1
    @cython.locals(raw=Raw, count=Int, role=Int, key_end=Int, name=Int, number=Int, value=Int)
    cdef bint _line(self, bytes data, Int at, Int end) except -1
    @cython.locals(raw=Raw, blob=Raw, size=Int, place=Int, slot=Int, number=Int, first=Int, same=Int)
    cdef Int _name(self, bytes data, Int at, Int end) except -3
    @cython.locals(raw=Raw, role=Int, byte=cython.int, nested=cython.bint, to=Int, place=Int, size=Int, rank=Int)
    cdef bint _field(self, bytes data, Int number, Int at, Int end) except -1
    @cython.locals(raw=Raw, kind=Int, first=Int, last=Int, at=Int, to=Int)
    cdef bint _kept(self, bytes data, Int count, Int key_end) except -1
    @cython.locals(raw=Raw, to=Int, filled=Int, first=Int, at=Int, end=Int)
    cdef int _body(self, bytes data, Int count, Int part, Int role) except -1
    @cython.locals(kind=Int, first=Int, found=list)
    cpdef list who(self, bytes data, Int number)
    @cython.locals(filled=Int, first=Int)
    cpdef tuple bodies(self, Int part)
    cpdef tuple line(self, Int number)

@cython.locals(row=Int, place=Place, at=cython.double, places=list, sampled=list, fresh=list)
cpdef tuple tally(list shapes, list moments, list callers, Int page, Int most)
@cython.locals(number=Int, first=Int, told=list)
cpdef list times(Cutter cutter, bytes data)
@cython.locals(number=Int)
cpdef Int wrong(Cutter cutter, list shapes) except -2
@cython.locals(row=Int, number=Int, name=Int, place=Place, at=cython.double, found=list, sampled=list, fresh=list, shaped=list, moments=list, seen=list, counted=list, shapes=list, places=list)
cpdef tuple tallied(Cutter cutter, tuple known, list times, Int page, Int most)

cdef class Gatherer:
    cdef list infos
    cdef object asking, key, same, named, longest
    cdef str nobody
    cdef tuple kinds
    cdef Cutter cutter
    cdef bytes data, sent, got
    cdef Int[::1] asks, answers
    cdef Int many, most
    cpdef begin(self, Cutter cutter, bytes data, tuple texts, tuple hits)
    @cython.locals(at=Int, to=Int, row=Int, first=Int, start=Int, made=list, taken=dict, asked=dict, given=dict)
    cpdef list rows(self, list shapes, list moments, bint every)
    @cython.locals(row=Int)
    cdef Int _next(self, Int at, Int to) noexcept
    @cython.locals(at=Int, asked=dict, info=str, value=bytes)
    cdef dict _asked(self, object shape, Int first, Int end, dict taken)
    @cython.locals(at=Int, given=dict, info=str, found=bytes)
    cdef dict _given(self, Int first, Int end)
    @cython.locals(people=Int, repeated=Int, place=Int, first=Int, end=Int)
    cdef object _knew(self, Int row, object status, dict asked, dict given)
    @cython.locals(low=Int, high=Int, middle=Int, cutter=Cutter)
    cdef Int _body(self, Int row) noexcept
    @cython.locals(kind=Int, at=Int, asked=dict, taken=dict, given=dict, kinds=list, names=list, keys=list, wheres=list, counts=list, cutter=Cutter)
    cdef object _row(self, Int row, object shape, double moment, tuple told)
    @cython.locals(raw=Raw, plain=cython.bint, place=Int, data=bytes)
    cdef object _name(self, Int kind, Int at, Int end)
