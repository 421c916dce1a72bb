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
cdef Int unescaped(Raw raw, Int at, Int end, unsigned char[:] out, Int to) noexcept
cdef Int written(Int number, unsigned char[:] out, Int to) noexcept

cdef class Cutter:
    cdef bytes blob
    cdef Int[:] starts, roles, ranks, leads, table, best, lines, keys, moments, callers, whos
    cdef Int[:] rows, offsets, filled, written, spans, seen
    cdef public object row_store, offset_store
    cdef unsigned char[:] key, request, response
    cdef object key_made, request_made, response_made
    cdef public Int count, end, most
    cdef Int key_end, room, serial
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
    @cython.locals(whole=bytes, last=bytes, moment=bytes, keys=list, moments=list, callers=list, number=Int, first=Int, kind=Int)
    cpdef tuple columns(self, bytes data)
    @cython.locals(kind=Int, first=Int, found=list)
    cpdef list who(self, bytes data, Int number)
    @cython.locals(filled=Int, first=Int)
    cpdef tuple bodies(self, Int part)
    cpdef tuple line(self, Int number)

cdef class Place:
    cdef public str method, name
    cdef public Int page, row, number, requests, sampled
    cdef public double first, last
    cdef public dict statuses, hosts
    cdef public list callers
    cdef public set known
    cpdef begin(self, Int page, Int number, Int row, double at)

@cython.locals(row=Int, place=Place, at=cython.double, places=list, sampled=list, fresh=list)
cpdef tuple tally(list shapes, list moments, list callers, Int page, Int most)
