# One program of this machine and the libraries it is linked to: needs no registry and no other image.
FROM scratch
COPY root/ /
ENV PATH=/bin
WORKDIR /data
