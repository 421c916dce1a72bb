# Types of the kernel's fields and methods, for the compiler alone; hatch_build.py puts it to use.
cimport cython

ctypedef const unsigned char* Bytes
ctypedef const unsigned int* Naturals
ctypedef const int* Integers
ctypedef long long* Hits
ctypedef const long long* Weights
ctypedef unsigned char* Room

@cython.final
cdef class Kernel:
    cdef Bytes data, marks, iban_lengths, kinds
    cdef Bytes classes, triggers, separators, fold, tails, gate, lengths, begins, sides
    cdef Naturals step, label_keys
    cdef Integers card_lengths, ended, starts, members, patterns, label_values
    cdef Integers word_keys, word_bits, numerals, codes
    cdef Hits out, sums
    cdef Weights weights
    cdef Room buf
    # What each pointer points into, kept alive; hatch_build.py assigns both.
    cdef const unsigned char[::1] data_view, marks_view, iban_lengths_view, kinds_view
    cdef const unsigned char[::1] classes_view, triggers_view, separators_view, fold_view
    cdef const unsigned char[::1] tails_view, gate_view, lengths_view, begins_view
    cdef const unsigned char[::1] sides_view
    cdef const unsigned int[::1] step_view, label_keys_view
    cdef const int[::1] card_lengths_view, ended_view, starts_view, members_view, patterns_view
    cdef const int[::1] label_values_view, word_keys_view, word_bits_view, numerals_view
    cdef const int[::1] codes_view
    cdef long long[::1] out_view, sums_view
    cdef const long long[::1] weights_view
    cdef unsigned char[::1] buf_view
    cdef unsigned long long basis, prime, mask
    cdef Py_ssize_t lo, hi, left, right, width, label_mask, room, row, group, front, weighted
    cdef readonly Py_ssize_t edge, hits
    cdef Py_ssize_t best, best_start, best_end, best_grade, best_rank

    cdef init_Checks(self, object marks, object card_lengths, object iban_lengths)
    cdef init_Places(self, object marks, object card_lengths, object iban_lengths)
    cdef init_Forms(self, object marks, object card_lengths, object iban_lengths)
    cdef init_Labelling(self, object tables)
    # checks.py
    cdef Py_ssize_t compact(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t number(self, Py_ssize_t at, Py_ssize_t count) noexcept
    cdef Py_ssize_t plain(self, Py_ssize_t n) noexcept
    cdef Py_ssize_t luhn(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t card(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t day(self, Py_ssize_t year, Py_ssize_t month, Py_ssize_t day) noexcept
    cdef Py_ssize_t mod11(self) noexcept
    cdef Py_ssize_t cn_id(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t foreigner_18(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t foreigner_15(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t uscc(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t uscc_value(self, Py_ssize_t c) noexcept
    cdef Py_ssize_t org_code(self, Py_ssize_t at) noexcept
    cdef Py_ssize_t uscc_alone(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t vin(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t vin_value(self, Py_ssize_t c) noexcept
    cdef Py_ssize_t vin_weight(self, Py_ssize_t i) noexcept
    cdef Py_ssize_t iban(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t landline(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t calling(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t ssn(self, Py_ssize_t start, Py_ssize_t end) noexcept
    # forms.py
    cdef Py_ssize_t kind(self, Py_ssize_t at) noexcept
    cdef Py_ssize_t byte(self, Py_ssize_t at) noexcept
    cdef Py_ssize_t word_ends(self, Py_ssize_t at, bytes word) noexcept
    cdef Py_ssize_t is_word(self, Py_ssize_t start, Py_ssize_t end, Py_ssize_t bit) noexcept
    cdef Py_ssize_t counted(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t priced(self, Py_ssize_t start) noexcept
    cdef Py_ssize_t ipv4(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t versioned(self, Py_ssize_t start) noexcept
    cdef Py_ssize_t ipv6(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t chained_group(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t mac(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t chained(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t mac_labelled(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t number_zero(self, Py_ssize_t at, Py_ssize_t n) noexcept
    cdef Py_ssize_t hex_letters(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t varied(self, Py_ssize_t start, Py_ssize_t end) noexcept
    # places.py
    cdef Py_ssize_t degrees(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t comma(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t gps(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t near(self, Py_ssize_t latitude, Py_ssize_t longitude) noexcept
    cdef Py_ssize_t gps_labelled(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t latitude(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t longitude(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t date(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t date_cn(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t numeral(self, Py_ssize_t at) noexcept
    cdef Py_ssize_t counting(self, Py_ssize_t before, Py_ssize_t value) noexcept
    # texts.py
    cdef Py_ssize_t blank(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t free(self, Py_ssize_t end) noexcept
    cdef Py_ssize_t password(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t secret(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t account(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t two_digits(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t serial(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t stands(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t military(self, Py_ssize_t start) noexcept
    cdef Py_ssize_t email(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t pem(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t meid(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t hashed(self, Py_ssize_t start, Py_ssize_t end) noexcept
    # verify.py
    cdef Py_ssize_t verify(self, Py_ssize_t check, Py_ssize_t start, Py_ssize_t end) noexcept
    # labelling.py
    cpdef Py_ssize_t named(self, const unsigned char[::1] data)
    cdef Py_ssize_t label_before(self, Py_ssize_t at) noexcept
    cdef Py_ssize_t is_separator(self, Py_ssize_t at) noexcept
    @cython.locals(hashed=cython.ulonglong)
    cdef Py_ssize_t label_ending(self, Py_ssize_t end) noexcept
    cdef Py_ssize_t word_begins(self, Py_ssize_t i) noexcept
    cdef Py_ssize_t label_of(self, unsigned long long hashed) noexcept
    # counting.py
    cdef init_Counting(self, object tables, object out)
    cpdef into(self, const int[::1] codes, const long long[::1] weights, long long[::1] sums)
    cpdef Py_ssize_t fits(self, const long long[::1] offsets, Py_ssize_t size) noexcept
    cdef void write(self, Py_ssize_t start, Py_ssize_t end, Py_ssize_t recogniser, Py_ssize_t grade) noexcept
    cdef void gather(self, const long long[::1] offsets) noexcept
    cdef void add(self, Py_ssize_t place, Py_ssize_t row) noexcept
    # kernel.py
    cpdef count(self, const unsigned char[::1] data, const long long[::1] offsets, Py_ssize_t group)
    cpdef Py_ssize_t rows(self, const unsigned char[::1] data, const long long[::1] offsets, Py_ssize_t row, Py_ssize_t at, Py_ssize_t group)
    @cython.locals(raw=Bytes)
    cpdef Py_ssize_t text(self, bytes data, Py_ssize_t at) except -2
    cdef Py_ssize_t first(self) noexcept
    cpdef Py_ssize_t value(self, const unsigned char[::1] data, Py_ssize_t group)
    cdef Py_ssize_t read(self, Py_ssize_t i) noexcept
    @cython.locals(here=cython.uint, ahead=cython.uint, side=cython.uint, following=cython.uint)
    cdef Py_ssize_t onward(self, Py_ssize_t i) noexcept
    cdef Py_ssize_t word(self, Py_ssize_t start) noexcept
    @cython.locals(seen=cython.uint)
    cdef Py_ssize_t promising(self, Py_ssize_t start) noexcept
    cdef Py_ssize_t begun(self, Py_ssize_t start, Py_ssize_t stop) noexcept
    cdef Py_ssize_t in_chain(self, Py_ssize_t start) noexcept
    cdef Py_ssize_t closed(self, Py_ssize_t end) noexcept
    cdef Py_ssize_t sign(self, Py_ssize_t i, Py_ssize_t trigger) noexcept
    cdef Py_ssize_t unread(self, Py_ssize_t start) noexcept
    cdef Py_ssize_t value_after(self, Py_ssize_t i) noexcept
    cdef Py_ssize_t plus(self, Py_ssize_t i) noexcept
    cdef Py_ssize_t mail(self, Py_ssize_t at) noexcept
    cdef void labelled(self, Py_ssize_t start, Py_ssize_t group) noexcept
    cdef void run(self, Py_ssize_t i, Py_ssize_t start, Py_ssize_t row, Py_ssize_t stop) noexcept
    cdef Py_ssize_t digits(self, Py_ssize_t i) noexcept
    cdef Py_ssize_t ends_here(self, Py_ssize_t i) noexcept
    cdef void ending(self, Py_ssize_t place, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef void weigh(self, Py_ssize_t pattern, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t better(self, Py_ssize_t grade, Py_ssize_t rank) noexcept
    cdef Py_ssize_t tell(self) noexcept
