B='/tmp/h/inspect/'
def sub(p,*prs):
    s=open(B+p).read()
    for a,b in prs:
        assert a in s,(p,a)
        s=s.replace(a,b,1)
    open(B+p,'w').write(s)
