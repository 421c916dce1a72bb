# Types of the lane's layers, for the compiler alone; hatch_build.py puts it to use. A class that
# stands here becomes a structure of C. Bounds are checked everywhere but behind pointers, whose
# functions say why they stay inside.
cimport cython

ctypedef const unsigned char* Raw

@cython.locals(raw=Raw, length=Py_ssize_t)
cdef Py_ssize_t message_end(bytes data, Py_ssize_t place) except -1
@cython.locals(raw=Raw, found=Py_ssize_t)
cdef Py_ssize_t text_end(bytes data, Py_ssize_t start, Py_ssize_t end) except -1

cdef class Tracking:
    cdef public object due
    cdef public int state
    cdef public bint batch, failed, copying
    cpdef object sent(self, int kind)
    cpdef object ready(self, int state)
    cpdef object copy_in(self)

cdef class Shapes:
    cdef bytearray _room
    cpdef object of(self, bytes text)
    @cython.locals(raw=Raw, room=cython.p_uchar, size=Py_ssize_t, at=Py_ssize_t, to=Py_ssize_t, end=Py_ssize_t, byte=cython.int)
    cpdef object scanned(self, bytes text)
@cython.locals(last=cython.int, at=Py_ssize_t, byte=cython.int)
cdef bint is_plain(Raw raw, Py_ssize_t size) noexcept
@cython.locals(quote=cython.int, end=Py_ssize_t)
cdef Py_ssize_t string_end(Raw raw, Py_ssize_t at, Py_ssize_t size) noexcept
@cython.locals(kind=cython.int, other=cython.int, based=cython.bint)
cdef Py_ssize_t number_end(Raw raw, Py_ssize_t at, Py_ssize_t size) noexcept
@cython.locals(low=cython.int)
cdef bint sticks(int byte, int other) noexcept
@cython.locals(last=cython.int, at=Py_ssize_t, byte=cython.int)
cdef bint is_clear(Raw room, Py_ssize_t size) noexcept
@cython.locals(end=Py_ssize_t)
cdef bint is_parameter(Raw room, Py_ssize_t at, Py_ssize_t size) noexcept

cdef class Front:
    cdef object _judge, _send
    cdef public Py_ssize_t waiting
    cdef Py_ssize_t _longest, _need, _skip
    cdef list _parts
    cdef public bint held
    cpdef object feed(self, bytes data)
    cdef object _alone(self, bytes data)
    cpdef object settled(self, bytes message)
    cdef bytes _streamed(self, bytes data)
    @cython.locals(place=Py_ssize_t, sent=Py_ssize_t, size=Py_ssize_t, end=Py_ssize_t, kind=cython.int)
    cdef object _walk(self, bytes data)
    @cython.locals(size=Py_ssize_t)
    cdef object _rest(self, bytes data, Py_ssize_t sent, Py_ssize_t place)
    cdef bint _early(self, int kind, Py_ssize_t length, bytes data, Py_ssize_t place) except -1
    @cython.locals(first=Py_ssize_t)
    cdef bint _names_of_bind(self, bytes data, Py_ssize_t place, Py_ssize_t length) except -1
    @cython.locals(start=Py_ssize_t, first=Py_ssize_t, second=Py_ssize_t)
    cdef object _decided(self, int kind, bytes data, Py_ssize_t place, Py_ssize_t end)
    cdef object _other(self, int kind, bytes data, Py_ssize_t start, Py_ssize_t end)
    @cython.locals(first=Py_ssize_t, second=Py_ssize_t, count=Py_ssize_t)
    cdef object _parse(self, bytes data, Py_ssize_t start, Py_ssize_t end)

cdef bint is_seen(int kind) noexcept

cdef class Back:
    cdef object _see, _send
    cdef bytes _held
    cdef Py_ssize_t _skip
    @cython.locals(place=Py_ssize_t, sent=Py_ssize_t, size=Py_ssize_t, end=Py_ssize_t, kind=cython.int)
    cpdef object feed(self, bytes data)
    cpdef tuple handed(self)
    @cython.locals(size=Py_ssize_t)
    cdef object _rest(self, bytes data, Py_ssize_t sent, Py_ssize_t place)

cdef class Course:
    cdef public object place, names, refusals, watch, waited
    cdef public str codec
    cdef public Tracking tracking
    cdef public list counts, results
    cdef public bint defined, acting
    cdef Shapes _shapes
    @cython.locals(tracking=Tracking, behind=cython.bint)
    cpdef object query(self, bytes text)
    @cython.locals(tracking=Tracking, behind=cython.bint)
    cpdef object parse(self, bytes name, bytes text, bytes types)
    cdef bint known(self, bytes text) except -1
    cpdef object bind(self, bytes portal, bytes name, object rest)
    cpdef object named(self, int kind, int what, bytes name, bytes rest)
    cpdef object passing(self, int kind)
    cpdef object see(self, int kind, bytes body)
    @cython.locals(tracking=Tracking)
    cdef object _ready(self, int state)

cdef class ClientEnd:
    cdef public Front front
    @cython.locals(front=Front)
    cpdef object data_received(self, bytes data)

cdef class ServerEnd:
    cdef public object link, answer
    cpdef object data_received(self, bytes data)
