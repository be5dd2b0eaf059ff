// SPDX-License-Identifier: GPL-2.0-only
/// A request is refused without a sentence: a function that was given the means
/// to say why returns an error on a path on which it says nothing.
virtual report

@refuses exists@
identifier f;
identifier means = {extack, rq, info, cb};
identifier no = {EINVAL, ENOENT, EEXIST, ENOSPC, ERANGE, EBUSY, E2BIG, EPERM, EOPNOTSUPP, EADDRINUSE};
type T;
position at;
@@
f(..., T means, ...)
{
... when != NL_SET_ERR_MSG(...)
    when != NL_SET_ERR_MSG_ATTR(...)
    when != NL_SET_ERR_MSG_MOD(...)
    when != NL_SET_BAD_ATTR(...)
    when != GENL_REQ_ATTR_CHECK(...)
(
return -no@at;
|
return ERR_PTR(-no@at);
)
}

@script:python depends on report@
at << refuses.at;
f << refuses.f;
@@
print("%s:%s: %s refuses without a sentence" % (at[0].file, at[0].line, f))
