# A Java run-time made from what is on this machine: needs no registry and no other image.
FROM scratch
COPY root/ /
ENV JAVA_HOME=/opt/java PATH=/opt/java/bin
WORKDIR /tmp
