FROM python:3.13-slim-bookworm AS bau
WORKDIR /portal
COPY requirements/production.txt requirements/
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements/production.txt
COPY . .
# The values are needed to load the settings only; none of them stays in the image. The account that
# runs the portal may read everything, whatever the modes on the building machine, and write uploads.
RUN DATABASE_URL=postgresql://bau/bau SECRET_KEY=bau ALLOWED_HOSTS=bau \
    /venv/bin/python manage.py collectstatic --no-input \
    && chmod -R a+rX .

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN useradd --system --uid 10001 --no-create-home portal
WORKDIR /portal
COPY --from=bau /venv /venv
COPY --from=bau /portal /portal
RUN install --directory --owner=portal --mode=0750 var/medien var/antraege-anlagen
USER portal
VOLUME ["/portal/var/medien", "/portal/var/antraege-anlagen"]
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000"]
