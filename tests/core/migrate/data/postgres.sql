--
-- PostgreSQL database dump
--

\restrict gKiglYibpr4TkaRW3huUkr4I2lK9em3ceZgyC17dwlq4J9PkGQpeAhjywELesIM

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: report; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.report (
    serial bigint NOT NULL,
    mindate timestamp without time zone NOT NULL,
    maxdate timestamp without time zone,
    domain character varying(255) NOT NULL,
    org character varying(255) NOT NULL,
    reportid character varying(255) NOT NULL,
    email character varying(255),
    extra_contact_info character varying(255),
    policy_adkim character varying(20),
    policy_aspf character varying(20),
    policy_p character varying(20),
    policy_sp character varying(20),
    policy_pct smallint,
    raw_xml text
);


ALTER TABLE public.report OWNER TO postgres;

--
-- Name: report_serial_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

ALTER TABLE public.report ALTER COLUMN serial ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.report_serial_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: rptrecord; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.rptrecord (
    id bigint NOT NULL,
    serial bigint NOT NULL,
    ip bigint,
    ip6 bytea,
    rcount integer NOT NULL,
    disposition character varying(20),
    reason character varying(255),
    dkimdomain character varying(255),
    dkimresult character varying(20),
    spfdomain character varying(255),
    spfresult character varying(20),
    spf_align character varying(20) NOT NULL,
    dkim_align character varying(20) NOT NULL,
    identifier_hfrom character varying(255)
);


ALTER TABLE public.rptrecord OWNER TO postgres;

--
-- Name: rptrecord_id_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

ALTER TABLE public.rptrecord ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rptrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Data for Name: report; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.report (serial, mindate, maxdate, domain, org, reportid, email, extra_contact_info, policy_adkim, policy_aspf, policy_p, policy_sp, policy_pct, raw_xml) FROM stdin;
1	2026-01-01 09:00:00	2026-01-02 08:59:59	example.net	receiver.example	20260101.1	dmarc@receiver.example	\N	r	r	none	quarantine	100	<?xml version="1.0" encoding="UTF-8"?>\n<feedback>\n  <version>1.0</version>\n  <report_metadata>\n    <org_name>receiver.example</org_name>\n    <email>dmarc@receiver.example</email>\n    <report_id>20260101.1</report_id>\n    <date_range><begin>1767225600</begin><end>1767311999</end></date_range>\n  </report_metadata>\n  <policy_published><domain>example.net</domain><adkim>r</adkim><aspf>r</aspf><p>none</p><sp>quarantine</sp><pct>100</pct></policy_published>\n  <record>\n    <row>\n      <source_ip>192.0.2.10</source_ip>\n      <count>12</count>\n      <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated>\n    </row>\n    <identifiers><envelope_from>bounce.example.net</envelope_from><header_from>example.net</header_from></identifiers>\n    <auth_results>\n      <dkim><domain>example.net</domain><selector>s1</selector><result>pass</result></dkim>\n      <spf><domain>example.net</domain><scope>mfrom</scope><result>pass</result></spf>\n    </auth_results>\n  </record>\n  <record>\n    <row>\n      <source_ip>2001:db8::7f:27:5c</source_ip>\n      <count>3</count>\n      <policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf><reason><type>mailing_list</type><comment>it's a list; arc=pass</comment></reason></policy_evaluated>\n    </row>\n    <identifiers><envelope_from>bounce.example.net</envelope_from><header_from>news.example.net</header_from></identifiers>\n    <auth_results>\n      <dkim><domain>example.org</domain><selector>x</selector><result>pass</result></dkim>\n      <spf><domain>lists.example.org</domain><scope>mfrom</scope><result>pass</result></spf>\n    </auth_results>\n  </record>\n</feedback>\n
2	2026-01-02 09:00:00	2026-01-03 08:59:59	example.net	Second O'Receiver \\ Co	it's;<2>	dmarc@second.example	https://second.example/?a=1&b='2'	r	r	none	quarantine	100	H4sIAAAAAAACA21TTW/bMAy991cYOSSnWXGKrcnCKAMG7DpgH7cChiLRiVZb0iS5y/79KMup03SXhHwkH/lIGfbnri2e0QdtzW5WlctZgUZapc1xN/v548u79WzP76BBVAchn/hdUcCYzikb2MVJAY/O+lh3GIUSUSSMUOuPtREd8u8orVHF18U3lKipsHgsPltgLwk5HzuhW6464eWnMJSUeBadaxFYjo155+hFTfEoZKy1aSw/xejCR8Zel7G92FVzMreH3WK1IJa3lZlyFKAV13ERtvM2blfzY9wCmyI5k/Rh7YU5IocDHjVt4+HDw321Wi5pKRkBNCrDm/X9ZkN9yQd2VZqWxv6zNXC21fJv7fpDq8MJqUxZkm74KKk0GIkpYyDUk+64B5YNEME1g5v+wXFjDe3OcQiO/+4F9Y46IeSCk5FXaeZk0O9t43xXaf1Fubd/skV2sL2XWGvHq826fF+VxFSuEtsUueRK2xtqBSwbF3hsiM+i7WkxSakOzgYd06vy+AtlUnqFwSCyoYdA+KA3ycz+IJi94cyTs5fRQSukHTSaHi+HEwqFvm687V7v9zoA7Loms4g+nmqPoW9jmHaSRri5lrTddK0grUPeJVYaeHAgk/Bgm5iFjEBWNI5/2y5l5cMAmz7Qfxnh3rvTAwAA
3	2026-01-03 09:00:00	2026-01-04 08:59:59	mail.example.net	Third Receiver 日本	third-3	dmarc@third.example	\N	s	r	reject	\N	\N	
4	2026-01-04 10:00:00	2026-01-07 11:00:00	example.net	host.receiver.example	<4.abc@host.receiver.example>	x@receiver.example	\N	r	r	none	quarantine	100	
\.


--
-- Data for Name: rptrecord; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.rptrecord (id, serial, ip, ip6, rcount, disposition, reason, dkimdomain, dkimresult, spfdomain, spfresult, spf_align, dkim_align, identifier_hfrom) FROM stdin;
1	1	3221225994	\N	12	none		example.net	pass	example.net	pass	pass	pass	example.net
2	1	\N	\\x20010db8000000000000007f0027005c	3	none	mailing_list	example.org	pass	lists.example.org	pass	fail	fail	news.example.net
3	2	3325256904	\N	1	reject			unknown	example.com	softfail	fail	fail	example.net
4	3	3405804031	\N	40	none		mail.example.net/mailer.example	pass	mailer.example	pass	fail	pass	mail.example.net
5	3	\N	\\x20010db8000000000000000000000000	2	quarantine	local_policy/forwarded	mailer.example	fail		none	fail	fail	mail.example.net
6	3	1	\N	7	none		a.example/b.example	pass	mailer.example	neutral	fail	fail	mail.example.net
7	4	3221225995	\N	2	none		example.net	pass	example.net	pass	pass	pass	example.net
8	4	3221225996	\N	9	none		example.net	pass	example.net	pass	pass	pass	example.net
9	4	3221225996	\N	100	none		example.net	pass	example.net	pass	pass	pass	example.net
\.


--
-- Name: report_serial_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.report_serial_seq', 4, true);


--
-- Name: rptrecord_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.rptrecord_id_seq', 9, true);


--
-- Name: report report_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_pkey PRIMARY KEY (serial);


--
-- Name: rptrecord rptrecord_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.rptrecord
    ADD CONSTRAINT rptrecord_pkey PRIMARY KEY (id);


--
-- PostgreSQL database dump complete
--

\unrestrict gKiglYibpr4TkaRW3huUkr4I2lK9em3ceZgyC17dwlq4J9PkGQpeAhjywELesIM

